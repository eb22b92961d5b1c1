package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIMIT = Duration.ofHours(2);

    private Instant wall = BEGIN;
    private long nanos = 7;

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    private Patience patience(Instant deadline, @Nullable Instant awaitingSince) {
        InstantSource source = () -> wall;
        Clock clock = source.withZone(ZoneOffset.UTC);
        var attempt = new Attempt(
                "task_1",
                1,
                Step.AGENT,
                "",
                null,
                1,
                0,
                null,
                null,
                null,
                null,
                0,
                0,
                deadline,
                awaitingSince,
                null,
                null,
                null,
                BEGIN);
        return new Patience(attempt, new Steady(clock, () -> nanos));
    }

    @Test
    void itEndsAtItsDeadline() {
        Patience patience = patience(BEGIN.plus(LIMIT), null);
        pass(LIMIT);
        assertThat(patience.over()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(patience.over()).isTrue();
    }

    @Test
    void aWallClockThatJumpsForwardsEndsNothing() {
        Patience patience = patience(BEGIN.plus(LIMIT), null);
        wall = wall.plus(Duration.ofDays(365));
        assertThat(patience.over()).isFalse();
        assertThat(patience.toWall(patience.supervisorsDeadline(Duration.ZERO)))
                .isEqualTo(wall.plus(LIMIT).plusSeconds(60));
        pass(LIMIT.plusSeconds(1));
        assertThat(patience.over()).isTrue();
    }

    @Test
    void aWallClockThatJumpsBackGivesNoMoreTime() {
        Patience patience = patience(BEGIN.plus(LIMIT), null);
        wall = wall.minus(Duration.ofDays(1));
        pass(LIMIT.plusSeconds(1));
        assertThat(patience.over()).isTrue();
    }

    @Test
    void waitingForAPersonTakesNoneOfItsTime() {
        Patience patience = patience(BEGIN.plus(LIMIT), null);
        patience.enter(Phase.AWAITING_PERMISSION);
        pass(Duration.ofHours(23));
        wall = wall.minus(Duration.ofDays(2));
        assertThat(patience.over()).isFalse();
        patience.enter(Phase.RUNNING);
        pass(LIMIT);
        assertThat(patience.over()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(patience.over()).isTrue();
    }

    @Test
    void aWaitThatBeganUnderAnotherServerIsMeasuredByTheWallClock() {
        Patience patience = patience(BEGIN.plus(LIMIT), BEGIN.minus(Duration.ofHours(5)));
        assertThat(patience.awaits()).isTrue();
        patience.enter(Phase.RUNNING);
        pass(LIMIT.plusHours(5));
        assertThat(patience.over()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(patience.over()).isTrue();
    }
}
