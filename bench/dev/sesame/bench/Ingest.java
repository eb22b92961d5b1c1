package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How fast a server that comes back catches up: 50 agents wrote while it was away. Parse, redaction and commit; the
/// time is that from the first commit to the last.
final class Ingest implements Measurement {
    private static final int TASKS = 50;
    private static final int LINES = 6_000;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(
                Map.of("TASKS_MAX_RUNNING", "50", "TASKS_MAX_RUNNING_PER_USER", "50"))) {
            server.repository("app");
            HttpUser user = server.admin();
            // Without a secret there is nothing to redact.
            for (String provider : List.of("anthropic", "openai", "gemini")) {
                user.post("/api/api-keys", Map.of("provider", provider, "key", "sk-" + provider + "-0123456789abcdef"));
            }
            var spools = new ArrayList<Spool>();
            for (int i = 0; i < TASKS; i++) {
                spools.add(Spool.begin(server, user));
            }
            server.kill();
            for (Spool spool : spools) {
                spool.write(LINES);
            }
            server.restart();
            double seconds = Stored.await(server, TASKS * (long) LINES);
            return List.of(Figure.atLeast(
                    "50 spools of 6,000 lines of 300 B: parse, redact 3 keys, commit",
                    TASKS * LINES / seconds,
                    "lines/s",
                    20_000));
        }
    }
}
