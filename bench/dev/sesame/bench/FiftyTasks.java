package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What running tasks cost the server: 50 whose agents are silent, then 50 that talk.
final class FiftyTasks implements Measurement {
    private static final int TASKS = 50;

    @Override
    public String name() {
        return "fifty-tasks";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(
                Map.of("TASKS_MAX_RUNNING", "100", "TASKS_MAX_RUNNING_PER_USER", "100"))) {
            server.repository("app");
            HttpUser user = server.admin();
            Spool.begin(server, user); // what the first costs is the server's own
            Thread.sleep(2_000);
            double before = Memory.megabytes(server);
            for (int i = 0; i < TASKS; i++) {
                Spool.begin(server, user);
            }
            Thread.sleep(2_000);
            double silent = Memory.megabytes(server);
            long begun = System.nanoTime();
            List<String> talking = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                talking.add(user.post(
                                "/api/tasks",
                                Map.of("prompt", "demo: text 500 20", "repository", "app", "agent", "demo"))
                        .text("id"));
            }
            double most = 0;
            int completed = 0;
            for (String id : talking) {
                try (SseReader stream = user.stream("/api/tasks/" + id + "/stream?fullText=last", null)) {
                    String end = stream.rest().getLast().json().path("status").asText();
                    completed += end.equals("completed") ? 1 : 0;
                }
                most = Math.max(most, Memory.megabytes(server));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return List.of(
                    Figure.atMost("server's memory per running task, silent agents", (silent - before) / TASKS, "MB", 3),
                    Figure.atMost("server's memory with 50 silent and 50 talking demo tasks", most, "MB", 500),
                    Figure.fact("  50 talking demo tasks of 500 deltas, all ended after", seconds, "s"),
                    Figure.atLeast("  of them completed", completed, "", TASKS));
        }
    }
}
