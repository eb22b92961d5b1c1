package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.setting.SettingKeys;
import dev.sesame.task.Task.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;

/// The agent's quota is used up and it said until when: no process waits, only the task does. Then the agent is started
/// again and goes on with its session. That moment is stored, so a restarted server waits for the same.
final class QuotaWait {

    /// What a session that was broken off is told.
    static final String GO_ON = "The limit that stopped you is over. Go on where you were.";

    /// Against an agent that names a moment which has passed.
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration NAP = Duration.ofSeconds(30);

    private final Run run;
    private final Intents intents;

    QuotaWait(Run run, Intents intents) {
        this.run = run;
        this.intents = intents;
    }

    /// Begins to wait; with a refusal, there is nothing to wait for.
    Optional<Refusal> begin(Refusal error, Instant until) {
        Instant now = run.now();
        Instant first = run.attempt().quotaSince();
        Instant since = first == null ? now : first;
        Instant goesOn = until.isBefore(now.plus(SHORTEST)) ? now.plus(SHORTEST) : until;
        Duration longest = Duration.ofMinutes(run.engine().settings().get(SettingKeys.TASKS_QUOTA_TIMEOUT_MINUTES));
        if (goesOn.isAfter(since.plus(longest))) {
            return Optional.of(new Refusal(
                    error.code(),
                    error.message() + " It could go on at " + until + ", which is longer than a task waits ("
                            + longest.toMinutes() + " minutes)",
                    true));
        }
        List<EventBody> bodies = List.of(
                new Log(LogType.WARNING, "The agent's quota is used up; the task goes on by itself at " + goesOn),
                Journal.status(Phase.AWAITING_QUOTA));
        run.patience().enter(Phase.AWAITING_QUOTA);
        run.journal().write(bodies, (tx, stored) -> {
            AttemptTable.save(
                    AttemptTable.update(tx)
                            .set(ATTEMPT.QUOTA_SINCE, since.toEpochMilli())
                            .set(ATTEMPT.QUOTA_UNTIL, goesOn.toEpochMilli()),
                    run.task().id(),
                    run.task().attempt());
            savePatience(tx);
        });
        return Optional.empty();
    }

    /// Waits, also for a cancel. What comes next is the agent again.
    Optional<Outcome> run() throws InterruptedException {
        Instant until = Objects.requireNonNull(run.attempt().quotaUntil());
        for (Instant now = run.now(); now.isBefore(until); now = run.now()) {
            if (intents.poll(false, now).cancel()) {
                AgentStep.end(run, Outcome.cancellation());
                return Optional.empty();
            }
            Duration rest = Duration.between(now, until);
            run.signal().await(rest.compareTo(NAP) < 0 ? rest : NAP);
        }
        run.patience().enter(Phase.RUNNING);
        run.journal()
                .write(
                        List.of(new Log(LogType.INFO, "The agent goes on"), Journal.status(Phase.RUNNING)),
                        (tx, stored) -> {
                            AgentStep.launchAgain(tx, run, run.task().agentSession());
                            AttemptTable.save(
                                    AttemptTable.update(tx).setNull(ATTEMPT.QUOTA_UNTIL),
                                    run.task().id(),
                                    run.task().attempt());
                            savePatience(tx);
                        });
        return Optional.empty();
    }

    private void savePatience(DSLContext tx) {
        run.patience().save(tx, run.task().id(), run.task().attempt());
    }
}
