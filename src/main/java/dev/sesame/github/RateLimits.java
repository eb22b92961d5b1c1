package dev.sesame.github;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Until when GitHub wants no more requests with a token. Who goes on asking is locked out for longer. Safe from any
/// thread.
final class RateLimits {
    private static final Duration UNSAID = Duration.ofMinutes(1);
    private static final int MANY = 1_000;

    private final Clock clock;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    RateLimits(Clock clock) {
        this.clock = clock;
    }

    /// How long not to ask; empty if one may.
    Optional<Duration> pause(String token) {
        return Optional.ofNullable(until.get(token))
                .map(end -> Duration.between(clock.instant(), end))
                .filter(Duration::isPositive);
    }

    /// Whether this refusal is for the number of requests; remembers it.
    boolean isExceeded(String token, HttpResponse<?> refusal) {
        boolean spent =
                header(refusal, "x-ratelimit-remaining").filter("0"::equals).isPresent();
        Optional<String> retryAfter = header(refusal, "retry-after");
        if (refusal.statusCode() != 429 && !(refusal.statusCode() == 403 && (spent || retryAfter.isPresent()))) {
            return false;
        }
        if (until.size() > MANY) {
            until.values().removeIf(end -> end.isBefore(clock.instant()));
        }
        until.put(token, end(retryAfter, header(refusal, "x-ratelimit-reset")));
        return true;
    }

    private Instant end(Optional<String> retryAfter, Optional<String> reset) {
        Instant now = clock.instant();
        try {
            return retryAfter
                    .map(seconds -> now.plusSeconds(Long.parseLong(seconds)))
                    .or(() -> reset.map(at -> Instant.ofEpochSecond(Long.parseLong(at))))
                    .orElse(now.plus(UNSAID));
        } catch (NumberFormatException | DateTimeException e) {
            return now.plus(UNSAID);
        }
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }
}
