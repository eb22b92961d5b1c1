package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventLog;
import dev.sesame.event.Redactor;
import dev.sesame.event.SecretMask;
import dev.sesame.event.UniversalEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.UpdateSetMoreStep;

/// The one door through which a run of an attempt writes: events, and what must be stored with them.
/// Everything written here carries the epoch by which the run holds the task, so a run that lost it writes
/// nothing more.
///
/// A `status` event and the phase and progress of the task's row are one thing: writing the event changes the
/// row.
final class Journal {

    private final Engine engine;
    private final TaskTable tasks;
    private final Task task;
    private final long epoch;
    private final KnownSecrets redactor;

    Journal(Engine engine, Task task, long epoch, KnownSecrets redactor) {
        this.engine = engine;
        this.tasks = new TaskTable(engine.database());
        this.task = task;
        this.epoch = epoch;
        this.redactor = redactor;
    }

    static EventLog.Also nothingElse() {
        return (tx, stored) -> {};
    }

    Redactor redactor() {
        return redactor;
    }

    /// From now on these are not stored either.
    SecretMask mask() {
        return redactor.mask();
    }

    void learn(Collection<String> secrets) {
        redactor.learn(secrets);
    }

    /// Stores the events and what `also` adds, and returns once all of it is durable.
    List<UniversalEvent> write(List<EventBody> bodies, EventLog.Also also) {
        return engine.log().append(task.id(), epoch, bodies, redactor, (tx, stored) -> {
            for (EventBody body : bodies) {
                if (body instanceof Status status && status.phase() != null) {
                    follow(tx, status);
                }
            }
            engine.terminals().show(tx, task.id(), stored);
            also.run(tx, stored);
        });
    }

    void log(EventBody.LogType type, String message) {
        write(List.of(new EventBody.Log(type, message)), nothingElse());
    }

    /// Goes on to a step, in a phase.
    void enter(Step step, Phase phase, List<EventBody> first, EventLog.Also also) {
        List<EventBody> bodies = new ArrayList<>(first);
        bodies.add(status(phase));
        write(bodies, (tx, stored) -> {
            AttemptTable.save(
                    AttemptTable.update(tx).set(ATTEMPT.STEP, TaskTable.lower(step)), task.id(), task.attempt());
            also.run(tx, stored);
        });
    }

    static Status status(Phase phase) {
        return new Status(TaskStatus.PROCESSING.wire(), phase.progress(), phase.wire());
    }

    /// Begins an update of what the list shows of the task.
    UpdateSetMoreStep<?> change(DSLContext tx) {
        return tasks.change(tx, task, engine.clock().instant());
    }

    private void follow(DSLContext tx, Status status) {
        change(tx)
                .set(TASK.PHASE, status.phase())
                .set(TASK.PROGRESS, status.progress())
                .where(TASK.ID.eq(task.id()))
                .execute();
    }
}
