package dev.sesame.client;

import dev.sesame.client.ClientException.Again;
import java.time.Duration;
import java.util.function.Consumer;

/// Waits while a server is away, says so once, and has an end. Used by one thread.
final class Patience {
    /// How long a server may be away: its upgrade and more.
    static final Duration USUAL = Duration.ofMinutes(10);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /// No limit of ours asks for more; what does is somebody else's.
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    private final Duration limit;
    private final Consumer<String> notes;
    private int failures;
    private long since;

    Patience(Duration limit, Consumer<String> notes) {
        this.limit = limit;
        this.notes = notes;
    }

    /// Returns when it is time to try again.
    ///
    /// @throws ClientException the failure itself, where trying again is no use or there was enough of it
    void failed(ClientException failure) throws ClientException, InterruptedException {
        if (failure.again() == Again.NEVER) {
            throw failure;
        }
        long now = System.nanoTime();
        if (failures == 0) {
            since = now;
            notes.accept(failure.getMessage() + " Trying again…");
        } else if (now - since > limit.toNanos()) {
            throw ClientException.of(failure.getMessage() + " It has been so for " + limit.toMinutes()
                    + " minutes. What runs there is not affected.");
        }
        failures++;
        Thread.sleep(pause(failures, failure.retryAfter()));
    }

    /// @return whether it had failed before
    boolean succeeded() {
        boolean before = failures > 0;
        failures = 0;
        return before;
    }

    /// @param attempt 1 for the first that failed
    /// @param asked by the server; counts where it is longer
    static Duration pause(int attempt, Duration asked) {
        Duration own = shorter(FIRST.multipliedBy(1L << Math.min(attempt - 1, 10)), LONGEST);
        Duration wanted = shorter(asked, LONGEST_ASKED);
        return wanted.compareTo(own) > 0 ? wanted : own;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
