package dev.sesame.client;

import java.time.Duration;

/// How long to wait before a request is sent again.
final class Pause {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Pause() {}

    /// @param attempt 1 for the first that failed
    /// @param asked by the server; counts where it is longer
    static Duration before(int attempt, Duration asked) {
        Duration grown = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        Duration own = grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
