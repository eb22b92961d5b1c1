package dev.sesame.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// A clock to measure by: it is the wall clock's time when it is made, and goes on from there whatever that one is set
/// to. So a wall clock that jumps ends no task, and gives none more time. Safe from any thread.
final class Steady {

    private final Clock wall;
    private final LongSupplier nanos;
    private final Instant base;
    private final long start;

    /// @param nanos as [System#nanoTime]
    Steady(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.base = wall.instant();
        this.start = nanos.getAsLong();
    }

    Instant now() {
        return base.plusNanos(nanos.getAsLong() - start);
    }

    /// What the wall clock will show at that moment, if it does not jump again: for whoever measures by that one.
    Instant toWall(Instant moment) {
        return moment.plus(Duration.between(now(), wall.instant()));
    }
}
