package dev.sesame.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Kills the server with signal 9 and starts it again: at each awkward moment as often as was asked for, waiting for it
/// where it must, and else at random.
final class Chaos {
    /// The awkward moments.
    private static final List<String> MOMENTS =
            List.of("clone", "finish", "retry", "follow-up", "permission", "cancel");

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);
    /// From the moment to the kill: so that some come before its end, some in it and some after.
    private static final int LATEST_MILLIS = 60;

    private final BuiltServer server;
    private final Random random;
    private final int kills;
    /// How often each moment must still be hit; it is asked for what is above 0.
    private final Map<String, Integer> wanted = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> moments = new LinkedBlockingQueue<>();
    private final Map<String, Integer> hits = new TreeMap<>();
    private final AtomicLong progress = new AtomicLong();
    private int done;

    /// @param kills at least so many
    /// @param hits so many of them at each awkward moment
    Chaos(BuiltServer server, Random random, int kills, int hits) {
        this.server = server;
        this.random = random;
        this.kills = kills;
        MOMENTS.forEach(moment -> wanted.put(moment, hits));
    }

    /// Such a moment is now; a kill may follow.
    void tempt(String moment) {
        if (wanted.getOrDefault(moment, 0) > 0) {
            moments.add(moment);
        }
    }

    /// Something was seen to happen: the life of a server is measured in this, not in time, so that a slow machine
    /// comes to its end too.
    void progress() {
        progress.incrementAndGet();
    }

    /// Runs until enough was killed, or nobody wants more; the server is up then.
    void run(BooleanSupplier stop) throws IOException, InterruptedException {
        while (!(done >= kills && wanted.isEmpty()) && !stop.getAsBoolean()) {
            if (done > 3 * kills) {
                throw new AssertionError("These moments did not come: " + wanted);
            }
            kill(live());
        }
    }

    /// Lives for a while, and tells why it dies: at a moment that is wanted, or just so.
    private String live() throws InterruptedException {
        long begin = progress.get();
        boolean waits = !wanted.isEmpty() && (done >= kills || random.nextInt(3) > 0);
        long enough = waits ? Long.MAX_VALUE : begin + 1 + random.nextInt(25);
        long deadline = System.nanoTime() + LONGEST_LIFE.toNanos();
        moments.clear();
        while (progress.get() < enough && System.nanoTime() < deadline) {
            @Nullable String moment = moments.poll(20, TimeUnit.MILLISECONDS);
            if (moment != null && progress.get() > begin && want(moment)) {
                Thread.sleep(random.nextInt(LATEST_MILLIS));
                return moment;
            }
        }
        return "any";
    }

    private boolean want(String moment) {
        boolean is = wanted.containsKey(moment);
        wanted.computeIfPresent(moment, (any, times) -> times == 1 ? null : times - 1);
        return is;
    }

    private void kill(String moment) throws IOException, InterruptedException {
        server.kill();
        hits.merge(moment, 1, Integer::sum);
        done++;
        if (random.nextInt(4) == 0) {
            Thread.sleep(random.nextInt(1000));
        }
        server.start();
    }

    int done() {
        return done;
    }

    /// How many kills there were at each moment; `any` for those at random.
    Map<String, Integer> hits() {
        return hits;
    }
}
