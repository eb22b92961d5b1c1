package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;

/// A reader that comes late to a long task.
final class Replay implements Measurement {
    private static final int EVENTS = 100_000;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of())) {
            server.repository("app");
            HttpUser user = server.admin();
            Spool spool = Spool.begin(server, user);
            for (int i = 0; i < 100; i++) {
                spool.write(EVENTS / 100);
            }
            Stored.await(server, EVENTS);
            var first = new Samples();
            var whole = new Samples();
            long broken = 0;
            for (int round = 0; round < 8; round++) {
                long start = System.nanoTime();
                var swarm = new Swarm(user, List.of("/api/tasks/" + spool.task() + "/stream"));
                try (swarm) {
                    while (swarm.events() == 0) {
                        Thread.onSpinWait();
                    }
                    long began = System.nanoTime() - start;
                    swarm.await(EVENTS);
                    if (round >= 3) {
                        first.add(began);
                        whole.add(System.nanoTime() - start);
                    }
                    broken += swarm.broken();
                }
            }
            return List.of(
                    Figure.atMost("replay of 100,000 events of 300 B, first event, p50", first.millis(0.5), "ms", 50),
                    Figure.atMost("replay of 100,000 events of 300 B, whole, p50", whole.millis(0.5), "ms", 1000),
                    Figure.atMost("  events missing or repeated", (double) broken, "", 0));
        }
    }
}
