package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.SecretRedactor;
import dev.sesame.sandbox.Isolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The first words of an attempt: that it began, how well its commands are isolated, and which follow-up it is for.
final class Opening {

    private final Run run;

    Opening(Run run) {
        this.run = run;
    }

    Optional<Outcome> open() {
        Optional<FollowUp> followUp = run.task().startMode() == StartMode.FOLLOW_UP
                ? run.engine()
                        .database()
                        .read(tx -> FollowUp.next(tx, run.task().id()))
                : Optional.empty();
        String prompt = followUp.map(FollowUp::content).orElse(run.attempt().prompt());
        List<EventBody> bodies = new ArrayList<>();
        bodies.add(Journal.status(Phase.PREPARING));
        bodies.add(new Log(LogType.INFO, isolation()));
        followUp.ifPresent(f -> bodies.add(f.announcement()));
        if (prompt.contains(SecretRedactor.MASK)) {
            bodies.add(new Log(
                    LogType.INFO,
                    "The agent reads " + SecretRedactor.MASK + " where a secret that Sesame knows was typed"));
        }
        Step next = run.task().startMode() == StartMode.FINISH_ONLY ? Step.PUSH : Step.CLONE;
        Phase phase = next == Step.PUSH ? Phase.PUSHING : Phase.CLONING;
        run.journal().enter(next, phase, bodies, (tx, stored) -> {
            if (next == Step.PUSH) {
                CancelledBeforeEnd.check(run, tx);
            }
            AttemptTable.save(
                    AttemptTable.update(tx)
                            .set(ATTEMPT.FIRST_SEQ, stored.getFirst().seq())
                            .set(ATTEMPT.PROMPT, prompt),
                    run.task().id(),
                    run.task().attempt());
            followUp.ifPresent(f -> f.take(tx, stored.get(2).seq()));
        });
        return Optional.empty();
    }

    private String isolation() {
        Isolation grade = run.engine().sandboxes().isolation();
        return "Isolation: " + grade.name().toLowerCase(Locale.ROOT) + ". "
                + run.engine().sandboxes().description() + " The network is the host's own.";
    }
}
