package dev.sesame.task;

import dev.sesame.event.EventBody.PermissionResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What others ask of a running task: cancel it, answer a permission. Others write rows and announce the task; the run
/// looks into the rows only when told to, and when a permission runs out. `mark` is safe from any thread.
final class Intents {

    private static final Asked NOTHING = new Asked(false, List.of());

    private final Run run;
    private final AtomicBoolean marked = new AtomicBoolean(true); // at first: what came while no server was there
    private @Nullable Instant nextExpiry;

    Intents(Run run) {
        this.run = run;
    }

    record Asked(boolean cancel, List<PermissionResponse> answers) {}

    /// Something may have been asked.
    void mark() {
        marked.set(true);
        run.signal().wake();
    }

    /// What is asked now. Requests that have run out are denied first.
    Asked poll(boolean awaitsPermission, Instant now) {
        Instant expiry = nextExpiry;
        boolean expired = awaitsPermission && expiry != null && !now.isBefore(expiry);
        boolean look = marked.getAndSet(false) || expired || (awaitsPermission && expiry == null);
        if (!look) {
            return NOTHING;
        }
        String taskId = run.task().id();
        if (expired) {
            run.engine().database().write(tx -> {
                Answers.expire(tx, taskId, now.toEpochMilli());
                return taskId;
            });
        }
        nextExpiry = awaitsPermission
                ? TaskTable.instant(run.engine().database().read(tx -> Answers.nextExpiry(tx, taskId)))
                : null;
        return new Asked(run.cancelRequested(), run.engine().database().read(tx -> Answers.decided(tx, taskId)));
    }
}
