package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// From `POST /api/tasks` to the agent's process, on a local repository whose mirror is there already, one task after
/// the other. The process's start is when the supervisor wrote down its pid, just before it became the agent.
final class TaskStart implements Measurement {
    private static final int WARM_UP = 5;
    private static final int TASKS = 25;

    @Override
    public String name() {
        return "task-start";
    }

    @Override
    public List<Figure> measure() throws Exception {
        try (var server = SesameServer.start(Map.of("TASKS_MAX_RUNNING", "1"))) {
            server.repository("app");
            HttpUser user = server.admin();
            var post = new Samples();
            var agent = new Samples();
            var output = new Samples();
            for (int i = 0; i < WARM_UP + TASKS; i++) {
                long before = System.currentTimeMillis();
                long start = System.nanoTime();
                String id = user.post("/api/tasks", Map.of("prompt", "demo: text 1 0", "repository", "app", "agent", "demo"))
                        .text("id");
                long posted = System.nanoTime() - start;
                try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", null)) {
                    stream.until(event -> event.json().path("kind").asText().equals("message"));
                    long said = System.nanoTime() - start;
                    if (i >= WARM_UP) {
                        post.add(posted);
                        output.add(said);
                        agent.add((started(server, id) - before) * 1_000_000);
                    }
                    stream.rest();
                }
            }
            return List.of(
                    Figure.fact("POST /api/tasks answered, p50", post.millis(0.5), "ms"),
                    Figure.atMost("POST /api/tasks → agent's process, warm mirror, p50", agent.millis(0.5), "ms", 250),
                    Figure.fact("POST /api/tasks → agent's process, warm mirror, p95", agent.millis(0.95), "ms"),
                    Figure.fact("POST /api/tasks → demo agent's first message at a reader, p50", output.millis(0.5), "ms"));
        }
    }

    private static long started(SesameServer server, String task) throws IOException {
        Path agent = server.dataDirectory().resolve("tasks").resolve(task).resolve("1/agent-0/agent");
        return Files.getLastModifiedTime(agent).toMillis();
    }
}
