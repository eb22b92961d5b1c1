package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// The output file of a running demo agent that says nothing itself, written to in its place: the server can't tell
/// the difference, and we know when each line was there.
record Spool(String task, Path file) {
    /// Bytes of what a line says; with its JSON around it a line has about 300.
    static final int MESSAGE = 260;

    private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(10);

    /// Starts a task whose agent sleeps for an hour, and waits until it does.
    static Spool begin(SesameServer server, HttpUser user) throws IOException {
        String task = user.post(
                        "/api/tasks",
                        Map.of("prompt", "demo: sleep 3600000", "repository", "app", "agent", "demo"))
                .text("id");
        try (SseReader stream = user.stream("/api/tasks/" + task + "/stream", null)) {
            stream.until(event -> event.json().path("phase").asText().equals("running"));
        }
        Path out = server.dataDirectory().resolve("tasks").resolve(task).resolve("1/agent-0/out");
        while (!Files.exists(out)) {
            Thread.onSpinWait();
        }
        return new Spool(task, out);
    }

    /// Lines that each become one `log` event, which nothing gathers; each says when it was written.
    void write(int lines) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String stamp = "at=" + System.nanoTime() + " ";
            text.append("{\"type\":\"log\",\"message\":\"")
                    .append(stamp)
                    .append(TEXT, 0, MESSAGE - stamp.length())
                    .append("\"}\n");
        }
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
