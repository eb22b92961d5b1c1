package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// When an attempt must be over. The clock of `maxDurationMinutes` stands still while the task waits for a person,
/// so the moment moves. Measured by a [Steady] clock, stored with each change by the wall clock; for one thread.
final class Patience {

    private final Steady clock;
    private Instant deadline;
    private @Nullable Instant awaitingSince;

    Patience(Attempt attempt, Steady clock) {
        this.clock = clock;
        this.deadline = attempt.deadline();
        this.awaitingSince = attempt.awaitingSince();
    }

    /// The time by which it measures.
    Instant now() {
        return clock.now();
    }

    /// The task entered a phase. Entering the same one again changes nothing.
    void enter(Phase phase) {
        Instant now = now();
        boolean awaits = phase == Phase.AWAITING_PERMISSION || phase == Phase.AWAITING_QUOTA;
        Instant since = awaitingSince;
        if (awaits && since == null) {
            awaitingSince = now;
        } else if (!awaits && since != null) {
            // It may have begun under another server, and the clock been set back meanwhile.
            Duration waited = Duration.between(since, now);
            deadline = deadline.plus(waited.isNegative() ? Duration.ZERO : waited);
            awaitingSince = null;
        }
    }

    void save(DSLContext tx, String taskId, int attempt) {
        Instant since = awaitingSince;
        AttemptTable.save(
                AttemptTable.update(tx)
                        .set(ATTEMPT.DEADLINE_AT, clock.toWall(deadline).toEpochMilli())
                        .set(
                                ATTEMPT.AWAITING_SINCE,
                                since == null ? null : clock.toWall(since).toEpochMilli()),
                taskId,
                attempt);
    }

    boolean awaits() {
        return awaitingSince != null;
    }

    boolean over() {
        return awaitingSince == null && now().isAfter(deadline);
    }

    /// For the supervisor, which ends the agent when no server does: later than any moment at which a server would.
    Instant supervisorsDeadline(Duration longestWait) {
        return (awaits() ? deadline.plus(longestWait) : deadline).plusSeconds(60);
    }

    Instant toWall(Instant moment) {
        return clock.toWall(moment);
    }
}
