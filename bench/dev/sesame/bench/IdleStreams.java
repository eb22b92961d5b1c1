package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What the server weighs, with nothing to do and with many who watch.
final class IdleStreams implements Measurement {
    private static final int STREAMS = 5_000;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of())) {
            server.repository("app");
            HttpUser user = server.admin();
            // Longer than the server takes to see that nothing happens.
            Thread.sleep(20_000);
            double idle = Memory.megabytes(server);
            Spool spool = Spool.begin(server, user);
            try (var swarm = new Swarm(user, Collections.nCopies(STREAMS, "/api/tasks/" + spool.task() + "/stream"))) {
                boolean all = swarm.awaitAnswers();
                Thread.sleep(5000);
                return List.of(
                        Figure.atMost("RSS, idle after the first sign-up", idle, "MB", 200),
                        Figure.atMost("RSS with 5,000 idle streams", Memory.megabytes(server), "MB", 400),
                        Figure.atMost("  streams lost", (double) swarm.broken() + (all ? 0 : 1), "", 0));
            }
        }
    }
}
