package dev.sesame.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Kills the server with signal 9, at random and when it is tempted, and starts it again.
final class Chaos {
    /// The awkward moments; each must be hit.
    static final String[] MOMENTS = {"clone", "finish", "retry", "follow-up", "permission", "cancel"};

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(20);

    private final BuiltServer server;
    private final Random random;
    private final int kills;
    private final BlockingQueue<String> temptations = new ArrayBlockingQueue<>(1);
    private final Map<String, Integer> hits = new TreeMap<>();
    private final AtomicLong progress = new AtomicLong();
    private int done;

    Chaos(BuiltServer server, Random random, int kills) {
        this.server = server;
        this.random = random;
        this.kills = kills;
    }

    /// Such a moment is now; a kill may follow.
    void tempt(String moment) {
        temptations.offer(moment);
    }

    /// Runs until enough was killed, or nobody wants more; the server is up then.
    void run(BooleanSupplier stop) throws IOException, InterruptedException {
        while (!enough() && !stop.getAsBoolean()) {
            kill(temptation());
        }
    }

    /// Something was seen to happen: the life of a server is measured in this, not in time, so that a slow machine
    /// comes to its end too.
    void progress() {
        progress.incrementAndGet();
    }

    /// Lives for a while, then dies: at a temptation, or just so.
    private String temptation() throws InterruptedException {
        long begin = progress.get();
        long enough = begin + 1 + random.nextInt(25);
        long deadline = System.nanoTime() + LONGEST_LIFE.toNanos();
        temptations.clear();
        while (progress.get() < enough && System.nanoTime() < deadline) {
            @Nullable String moment = temptations.poll(20, TimeUnit.MILLISECONDS);
            if (moment != null && progress.get() > begin && (!hits.containsKey(moment) || random.nextInt(4) == 0)) {
                Thread.sleep(random.nextInt(60));
                return moment;
            }
        }
        return "any";
    }

    private synchronized void kill(String moment) throws IOException, InterruptedException {
        server.kill();
        hits.merge(moment, 1, Integer::sum);
        done++;
        if (random.nextInt(4) == 0) {
            Thread.sleep(random.nextInt(1000));
        }
        server.start();
    }

    private boolean enough() {
        return done >= kills && hits.keySet().containsAll(java.util.Set.of(MOMENTS)) || done >= 3 * kills;
    }

    int done() {
        return done;
    }

    Map<String, Integer> hits() {
        return hits;
    }
}
