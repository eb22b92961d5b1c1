package dev.sesame.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/// So many requests in a minute for each of many subjects (a client's address, a key). A subject's minute begins with
/// its first request and gives the full number back when it is over.
///
/// Safe from any thread. Remembers the subjects that asked last, a bounded number; who falls out begins anew, which
/// needs so many other subjects that nothing is gained by it.
public final class RateLimit {
    private static final int SUBJECTS = 20_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final IntSupplier perMinute;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > SUBJECTS;
        }
    };

    /// @param perMinute the limit now; asked again for each request, so that a change of setting counts at once
    public RateLimit(IntSupplier perMinute) {
        this.perMinute = perMinute;
    }

    /// Counts a request; throws 429 when the subject has none left.
    ///
    /// @param what for the sentence, like `requests with this key`
    public void count(String subject, String what) {
        int limit = perMinute.getAsInt();
        ConsumptionProbe probe = bucket(subject, limit).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            String seconds = Long.toString(Math.ceilDiv(probe.getNanosToWaitForRefill(), SECOND));
            throw new ProblemException(
                    Problem.TOO_MANY_REQUESTS,
                    "Only %d %s in a minute; try again in %s s".formatted(limit, what, seconds),
                    Map.of(),
                    Map.of(
                            "Retry-After", seconds,
                            "X-Retry-After", seconds,
                            "RateLimit-Limit", Integer.toString(limit),
                            "RateLimit-Remaining", "0",
                            "RateLimit-Reset", seconds));
        }
    }

    /// How many requests a subject has made in the minute that runs.
    public synchronized int used(String subject) {
        Allowance allowance = allowances.get(subject);
        return allowance == null
                ? 0
                : Math.toIntExact(allowance.limit() - allowance.bucket().getAvailableTokens());
    }

    private synchronized Bucket bucket(String subject, int limit) {
        Allowance allowance = allowances.get(subject);
        if (allowance == null || allowance.limit() != limit) {
            allowance = new Allowance(limit, fresh(limit));
            allowances.put(subject, allowance);
        }
        return allowance.bucket();
    }

    private static Bucket fresh(int limit) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(limit)
                        .refillIntervally(limit, Duration.ofMinutes(1))
                        .build())
                .build();
    }

    private record Allowance(int limit, Bucket bucket) {}
}
