package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.agent.AgentOutput;
import dev.sesame.event.DeltaWindow;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventLog;
import dev.sesame.event.UniversalEvent;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.task.AgentInput.Cause;
import dev.sesame.task.Talk.Turnout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Takes in what the agent writes: spool → lines → conversation → window → journal. And takes down what we tell it, so
/// that a restart can tell the conversation the same again.
///
/// The stored position is the end of the last line all of whose events are stored. Everything after it, what waits
/// in the window included, is read again after a restart, and comes to the same. For one thread.
final class Intake {

    private static final int CHUNK = 1 << 20;
    private static final int ERROR_CHUNK = 128 << 10;

    private final Journal journal;
    private final Attempt attempt;
    private final Talk talk;
    private final AgentInputs inputs;
    private final DeltaWindow window;
    private final Patience patience;
    private final Clock clock;
    private final Duration permissionTimeout;
    private final SpoolLines out;
    private final SpoolLines err;
    private final Deque<Fact> facts = new ArrayDeque<>();
    private long errStored;
    private long events;

    private record Fact(long position, AgentOutput output) {}

    Intake(Run run, Talk talk, AgentInputs inputs, DeltaWindow window, Sandbox sandbox) {
        this.journal = run.journal();
        this.attempt = run.attempt();
        this.patience = run.patience();
        this.clock = run.engine().clock();
        this.permissionTimeout = run.permissionTimeout();
        this.talk = talk;
        this.inputs = inputs;
        this.window = window;
        this.out = new SpoolLines(sandbox, Stream.STDOUT, 0);
        this.err = new SpoolLines(sandbox, Stream.STDERR, 0);
    }

    /// Tells a fresh conversation all that the log has already, and throws away what it says.
    void replay() {
        Deque<AgentInput> told = new ArrayDeque<>(inputs.told());
        long until = attempt.stdoutPosition();
        while (out.position() < until
                && out.poll(until, CHUNK, (offset, end, line) -> {
                    tellAgain(told, offset);
                    window.replay(talk.line(offset, line).bodies(), end);
                })) {}
        tellAgain(told, until);
        errStored = attempt.stderrPosition();
        while (err.position() < errStored
                && err.poll(errStored, CHUNK, (offset, end, line) -> {
                    talk.errorLine(offset, line);
                })) {}
    }

    private void tellAgain(Deque<AgentInput> told, long position) {
        while (!told.isEmpty() && told.getFirst().stdoutPosition() <= position) {
            AgentInput input = told.removeFirst();
            Turnout turnout = switch (input.cause()) {
                case PROMPT -> talk.prompt(input.payload());
                case ANSWER -> talk.answer(Answers.fromPayload(input.payload()));
                case INTERRUPT -> talk.interrupt();
                case START, REPLY, CLOSE -> new Turnout(List.of(), List.of());
            };
            window.replay(turnout.bodies(), input.stdoutPosition());
        }
    }

    /// Reads and stores what is there and due. False if nothing was there to read.
    boolean poll() {
        boolean moved = out.poll(CHUNK, this::line);
        if (err.poll(ERROR_CHUNK, this::errorLine)) {
            moved = true;
            flush();
        }
        if (facts.isEmpty()) {
            store(window.take(System.nanoTime()));
        } else {
            flush(); // the agent waits for a reply, or a turn ended: nothing may wait in the window
        }
        return moved;
    }

    /// Stores everything that was read.
    void flush() {
        store(window.takeAll());
    }

    /// The process is gone and all its output was polled: takes in a last line without an end, and the conversation's
    /// closing words.
    void end(int exitCode) {
        out.finish(this::line);
        err.finish(this::errorLine);
        Turnout turnout = talk.end(exitCode);
        window.add(turnout.bodies(), out.position(), System.nanoTime());
        note(turnout, out.position());
        flush();
    }

    /// Takes down what we tell the agent, with the events that go with it, and sends it. `flush` first, then ask the
    /// conversation, then call this.
    void tell(Cause cause, String payload, Turnout turnout, EventLog.Also also) {
        List<EventBody> bodies = new ArrayList<>(turnout.bodies());
        AgentInput input = inputs.next(cause, payload, out.position(), sends(turnout.facts()));
        store(bodies, turnout.facts(), input, out.position(), also);
    }

    Duration untilDue() {
        return Duration.ofNanos(window.nanosUntilDue(System.nanoTime()));
    }

    /// Bytes of both streams, read so far.
    long bytes() {
        return out.bytesRead() + err.bytesRead();
    }

    /// Events of the attempt so far, as far as this server knows: from its own first one on it does.
    long events() {
        return events;
    }

    private void line(long offset, long end, String text) {
        Turnout turnout = talk.line(offset, text);
        window.add(turnout.bodies(), end, System.nanoTime());
        note(turnout, end);
    }

    private void errorLine(long offset, long end, String text) {
        Turnout turnout = talk.errorLine(offset, text);
        window.add(turnout.bodies(), out.position(), System.nanoTime());
        note(turnout, out.position());
    }

    private void note(Turnout turnout, long position) {
        for (AgentOutput fact : turnout.facts()) {
            facts.add(new Fact(position, fact));
        }
    }

    private void store(DeltaWindow.Batch batch) {
        List<AgentOutput> due = new ArrayList<>(0);
        while (!facts.isEmpty() && facts.getFirst().position() <= batch.position()) {
            due.add(facts.removeFirst().output());
        }
        if (batch.bodies().isEmpty() && due.isEmpty()) {
            return;
        }
        String replies = sends(due);
        AgentInput reply = replies.isEmpty() ? null : inputs.next(Cause.REPLY, "", batch.position(), replies);
        store(batch.bodies(), due, reply, batch.position(), Journal.nothingElse());
    }

    private void store(
            List<EventBody> given,
            List<AgentOutput> due,
            @Nullable AgentInput input,
            long position,
            EventLog.Also also) {
        Instant now = clock.instant();
        List<EventBody> bodies = given.stream().map(body -> complete(body, now)).toList();
        boolean patienceChanged = follow(bodies);
        long errPosition = Math.max(errStored, err.position());
        List<UniversalEvent> written = journal.write(bodies, (tx, stored) -> {
            savePositions(tx, position, errPosition);
            if (patienceChanged) {
                patience.save(tx, attempt.taskId(), attempt.attempt());
            }
            if (input != null) {
                input.insert(tx, attempt.taskId(), attempt.attempt());
            }
            AgentFacts.save(tx, journal, attempt, due, stored);
            also.run(tx, stored);
        });
        if (!written.isEmpty()) {
            events = written.getLast().seq() - attempt.firstSeq() + 1;
        }
        errStored = errPosition;
        if (input != null) {
            inputs.deliver(input);
        }
    }

    private void savePositions(DSLContext tx, long outPosition, long errPosition) {
        AttemptTable.save(
                AttemptTable.update(tx)
                        .set(ATTEMPT.STDOUT_POSITION, outPosition)
                        .set(ATTEMPT.STDERR_POSITION, errPosition),
                attempt.taskId(),
                attempt.attempt());
    }

    private EventBody complete(EventBody body, Instant now) {
        if (body instanceof PermissionRequest p && p.expiresAt() == null) {
            return new PermissionRequest(
                    p.requestId(), p.callId(), p.toolName(), p.input(), p.title(), now.plus(permissionTimeout));
        }
        return body;
    }

    private boolean follow(List<EventBody> bodies) {
        boolean changed = false;
        for (EventBody body : bodies) {
            if (body instanceof Status status && status.phase() != null) {
                patience.enter(Phase.of(status.phase()));
                changed = true;
            }
        }
        return changed;
    }

    private static String sends(List<AgentOutput> outputs) {
        StringBuilder text = new StringBuilder();
        for (AgentOutput output : outputs) {
            if (output instanceof AgentOutput.Send(String line)) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
