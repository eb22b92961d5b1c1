package dev.sesame.task;

import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.event.DeltaWindow;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.setting.SettingKeys;
import dev.sesame.task.AgentInput.Cause;
import dev.sesame.task.Talk.Turnout;
import dev.sesame.task.Task.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The agent's part of an attempt: from the opening words to the end of its process. Begins the same way whether
/// the agent is yet to be started, runs since before this server, or has ended while no server was there.
///
/// One thread (virtual) runs it. Being interrupted means that the server stops: the agent goes on, the next
/// server takes it up. Everything else ends the agent.
final class AgentRun {

    private static final Duration INTERRUPT = Duration.ofSeconds(1);
    private static final Duration KILL = Duration.ofSeconds(5);
    private static final Duration LEAVE = Duration.ofSeconds(10);
    private static final Duration NAP = Duration.ofSeconds(5);

    private static final String MEMORY_LIMIT =
            "The kernel killed a process, since the task used more memory than it may (tasks.maxMemoryBytes)";

    private static final String OUTPUT_LOST =
            "The server's disk was too full to keep what the agent wrote; make room there and retry";

    private final Run run;
    private final Talk talk;
    private final Sandbox sandbox;
    private final AgentInputs inputs;
    private final Intake intake;
    private final Intents intents;
    private final Login login;
    private Instant lastMoved;
    private @Nullable Instant closedAt;
    private @Nullable Instant supervisorsDeadline;

    AgentRun(Run run, Talk talk, Sandbox sandbox, Intents intents, Login login) {
        this.run = run;
        this.talk = talk;
        this.sandbox = sandbox;
        this.intents = intents;
        this.login = login;
        List<AgentInput> stored = run.engine()
                .database()
                .read(tx -> AgentInput.all(tx, run.task().id(), run.attempt().attempt()));
        this.inputs = new AgentInputs(stored, sandbox);
        Duration window = Duration.ofMillis(run.engine().settings().get(SettingKeys.EVENTS_WINDOW_MILLIS));
        this.intake =
                new Intake(run, talk, inputs, new DeltaWindow(run.journal().redactor(), window), sandbox);
        this.lastMoved = run.steadyNow();
    }

    AgentEnd run() throws InterruptedException {
        login.look(
                lastMoved); // what the agent renewed while no server was there must be known before its words are read
        Turnout opening = talk.start();
        if (inputs.none()) {
            intake.tell(Cause.START, "", opening, Journal.nothingElse());
        } else {
            inputs.complete();
            intake.replay();
        }
        if (inputs.closed()) {
            closedAt = run.steadyNow();
        }
        sandbox.onActivity(run.signal()::wake);
        try {
            return follow();
        } finally {
            sandbox.onActivity(null);
        }
    }

    private AgentEnd follow() throws InterruptedException {
        while (true) {
            OptionalInt exit = sandbox.exit();
            boolean moved = intake.poll();
            if (exit.isPresent() && !moved) {
                return ended(exit.getAsInt());
            }
            Optional<AgentEnd> end = act(moved);
            if (end.isPresent()) {
                return end.get();
            }
            if (!moved) {
                run.signal().await(nap());
            }
        }
    }

    private Optional<AgentEnd> act(boolean moved) throws InterruptedException {
        Instant now = run.steadyNow();
        if (moved) {
            lastMoved = now;
        }
        Optional<AgentEnd> overdue = overdue(now);
        if (overdue.isPresent()) {
            return overdue;
        }
        moveSupervisor();
        login.look(now);
        Intents.Asked asked = intents.poll(talk.awaitsPermission(), run.now());
        if (asked.cancel()) {
            return Optional.of(cancel());
        }
        for (PermissionResponse answer : asked.answers()) {
            answer(answer);
        }
        if (talk.verdict() != null && !inputs.closed()) {
            nextTurn();
        }
        return Optional.empty();
    }

    /// The supervisor's deadline is for the case that no server ever comes back, so it lies behind ours.
    private void moveSupervisor() {
        Instant deadline = run.patience().supervisorsDeadline(run.permissionTimeout());
        if (!deadline.equals(supervisorsDeadline)) {
            supervisorsDeadline = deadline;
            sandbox.moveDeadline(run.patience().toWall(deadline));
        }
    }

    private void answer(PermissionResponse answer) {
        intake.flush();
        if (!talk.openPermissions().contains(answer.requestId())) {
            return; // closed by the agent itself meanwhile; the row is closed with the attempt
        }
        intake.tell(Cause.ANSWER, Answers.payload(answer), talk.answer(answer), Journal.nothingElse());
        lastMoved = run.steadyNow();
    }

    /// A turn is over: the next queued follow-up, or the end of the input.
    private void nextTurn() {
        intake.flush();
        Optional<FollowUp> next = talk.verdict() instanceof Verdict.Succeeded
                ? run.engine()
                        .database()
                        .read(tx -> FollowUp.next(tx, run.task().id()))
                : Optional.empty();
        if (next.isPresent()) {
            FollowUp followUp = next.get();
            Turnout turnout = talk.prompt(followUp.content());
            List<EventBody> bodies = new ArrayList<>();
            bodies.add(followUp.announcement());
            bodies.addAll(turnout.bodies());
            Turnout told = new Turnout(bodies, turnout.facts());
            intake.tell(
                    Cause.PROMPT,
                    followUp.content(),
                    told,
                    (tx, stored) -> followUp.take(tx, stored.getFirst().seq()));
            lastMoved = run.steadyNow();
        } else {
            close();
        }
    }

    private void close() {
        String record = new String(sandbox.closeRecord(), StandardCharsets.UTF_8);
        Turnout nothing = new Turnout(List.of(), List.of(new AgentOutput.Send(record.stripTrailing())));
        intake.tell(Cause.CLOSE, "", nothing, Journal.nothingElse());
        closedAt = run.steadyNow();
    }

    private AgentEnd cancel() throws InterruptedException {
        intake.flush();
        if (!inputs.has(Cause.INTERRUPT) && talk.verdict() == null) {
            Turnout interrupt = talk.interrupt();
            intake.tell(Cause.INTERRUPT, "", interrupt, Journal.nothingElse());
            Instant until = run.steadyNow().plus(INTERRUPT);
            while (talk.verdict() == null
                    && sandbox.exit().isEmpty()
                    && run.steadyNow().isBefore(until)) {
                if (!intake.poll()) {
                    run.signal().await(Duration.between(run.steadyNow(), until));
                }
            }
        }
        intake.end(stop());
        return new AgentEnd.Cancelled();
    }

    /// Kills the tree and takes in what it still had to say; returns the exit code.
    private int stop() {
        if (!sandbox.kill(KILL)) {
            run.journal()
                    .log(
                            LogType.WARNING,
                            "Processes of the agent were still there after " + KILL.toSeconds()
                                    + " s; they are killed again when the task is cleaned up");
        }
        while (intake.poll()) {}
        return sandbox.exit().orElse(-1);
    }

    private AgentEnd ended(int exitCode) {
        boolean unfinished = talk.verdict() == null;
        intake.end(exitCode);
        // Asked anew: the cancel may be from before this server's start, and the agent ended while none was there.
        if (!(talk.verdict() instanceof Verdict.Succeeded) && run.cancelRequested()) {
            return new AgentEnd.Cancelled();
        }
        if (printedTooMuch()) {
            return new AgentEnd.Failed(outputLimit()); // while no server was there
        }
        if (sandbox.deadlinePassed()) {
            return failed("time_limit", timeLimitMessage());
        }
        if (sandbox.outputLost() && unfinished) {
            return failed(new Refusal("output_lost", OUTPUT_LOST, true));
        }
        if (sandbox.memoryExhausted() && unfinished) {
            return failed("memory_limit", MEMORY_LIMIT + "; the agent ended with exit code " + exitCode);
        }
        if (sandbox.memoryExhausted()) {
            run.journal().log(LogType.WARNING, MEMORY_LIMIT);
        }
        Verdict verdict = talk.verdict();
        if (verdict == null) {
            String message = "The agent ended before it was done, with exit code " + exitCode;
            return new AgentEnd.Failed(new Refusal("agent_crashed", message, true));
        }
        return switch (verdict) {
            case Verdict.Succeeded _ -> new AgentEnd.Succeeded();
            case Verdict.Interrupted _ ->
                failed("agent_interrupted", "The agent says that it was interrupted, but nobody asked for it");
            case Verdict.Failed(String code, String message, boolean retryable) ->
                failed(new Refusal(code, message, retryable));
        };
    }

    private AgentEnd failed(Refusal error) {
        Instant until = talk.quotaUntil();
        return until != null && error.retryable() ? new AgentEnd.Exhausted(error, until) : new AgentEnd.Failed(error);
    }

    private Optional<AgentEnd> overdue(Instant now) {
        Instant closed = closedAt;
        if (closed != null && now.isAfter(closed.plus(LEAVE))) {
            return Optional.of(ended(stop()));
        }
        Refusal why = tooMuch(now);
        if (why == null) {
            return Optional.empty();
        }
        intake.end(stop());
        return Optional.of(new AgentEnd.Failed(why));
    }

    private @Nullable Refusal tooMuch(Instant now) {
        if (printedTooMuch() || intake.events() > maxEvents()) {
            return outputLimit();
        }
        if (run.patience().over()) {
            return new Refusal("time_limit", timeLimitMessage());
        }
        int silence = run.engine().settings().get(SettingKeys.TASKS_SILENCE_MINUTES);
        if (!run.patience().awaits() && now.isAfter(lastMoved.plus(Duration.ofMinutes(silence)))) {
            return new Refusal("agent_silent", "The agent printed nothing for " + silence + " minutes");
        }
        return null;
    }

    private boolean printedTooMuch() {
        return sandbox.size(Stream.STDOUT) + sandbox.size(Stream.STDERR) > maxBytes();
    }

    private Refusal outputLimit() {
        return new Refusal(
                "output_limit",
                "The agent printed more than an attempt may: " + maxBytes() + " bytes, " + maxEvents() + " events");
    }

    private long maxBytes() {
        return run.engine().settings().get(SettingKeys.TASKS_MAX_OUTPUT_BYTES);
    }

    private int maxEvents() {
        return run.engine().settings().get(SettingKeys.TASKS_MAX_EVENTS);
    }

    private Duration nap() {
        Duration due = intake.untilDue();
        return due.compareTo(NAP) < 0 ? due : NAP;
    }

    private String timeLimitMessage() {
        return "The task took longer than it may (maxDurationMinutes)";
    }

    private static AgentEnd failed(String code, String message) {
        return new AgentEnd.Failed(new Refusal(code, message));
    }
}
