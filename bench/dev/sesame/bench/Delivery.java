package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// From the agent's line to a reader of the stream: durable, redacted, encoded, sent.
final class Delivery implements Measurement {
    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of("TASKS_MAX_RUNNING", "10"))) {
            server.repository("app");
            HttpUser user = server.admin();
            var figures = new ArrayList<Figure>();
            one(server, user, 5); // warms up
            Swarm one = one(server, user, 10);
            figures.add(Figure.atMost(
                    "line → client, 1,000 lines/s of 300 B, 1 reader, p50", one.delays().millis(0.5), "ms", 5));
            figures.add(Figure.atMost(
                    "line → client, 1,000 lines/s of 300 B, 1 reader, p99", one.delays().millis(0.99), "ms", 25));
            Swarm slow = pour(user, Spool.begin(server, user), 1, 20 * 50, 50);
            // At a reader is later than stored.
            figures.add(Figure.atMost(
                    "line → stored and read, 50 lines/s of 300 B, not coalesced, p99", slow.delays().millis(0.99), "ms", 10));
            Swarm many = many(server, user);
            figures.add(Figure.fact("1,000 readers × 50 lines/s of 300 B, p50", many.delays().millis(0.5), "ms"));
            figures.add(Figure.atMost("1,000 readers × 50 lines/s of 300 B, p99", many.delays().millis(0.99), "ms", 40));
            figures.add(Figure.atMost(
                    "  events missing, repeated or connections lost", (double) one.broken() + slow.broken() + many.broken(), "", 0));
            return figures;
        }
    }

    private static Swarm one(SesameServer server, HttpUser user, int seconds) throws Exception {
        Spool spool = Spool.begin(server, user);
        return pour(user, spool, 1, seconds * 1000, 1000);
    }

    private static Swarm many(SesameServer server, HttpUser user) throws Exception {
        Spool spool = Spool.begin(server, user);
        return pour(user, spool, 1000, 650, 50);
    }

    /// Writes the lines one by one at the rate, as readers that are up to date see them.
    private static Swarm pour(HttpUser user, Spool spool, int readers, int lines, int perSecond) throws Exception {
        var swarm = new Swarm(user, Collections.nCopies(readers, "/api/tasks/" + spool.task() + "/stream?fullText=last"));
        try (swarm) {
            if (!swarm.awaitAnswers()) {
                throw new IllegalStateException("Not all readers were answered");
            }
            // Where a stream stands when it is opened.
            Thread.sleep(1000);
            long before = swarm.events();
            long start = System.nanoTime();
            for (int i = 0; i < lines; i++) {
                if (i == 3 * perSecond) {
                    swarm.countFromNow(); // by then all have caught up, and the server is warm
                }
                long due = start + i * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                spool.write(1);
            }
            if (!swarm.await(before + (long) lines * readers)) {
                throw new IllegalStateException("Only " + (swarm.events() - before) + " events came");
            }
        }
        return swarm;
    }
}
