package dev.sesame.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.git.TestGit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server with a repository `app`, and what tests do with tasks on it.
public final class TaskWorld implements AutoCloseable {

    public final SesameServer server;
    public final TestGit repository;

    public TaskWorld(Map<String, String> environment) {
        this(SesameServer.start(environment));
    }

    /// @param server is closed with this
    public TaskWorld(SesameServer server) {
        this.server = server;
        repository = TestGit.bare(
                server.repositories().resolve("app.git"), server.repositories().resolveSibling("scratch"));
    }

    public HttpUser user() {
        return server.admin();
    }

    /// Creates a task for the demo agent and returns its id.
    public String create(String prompt) {
        return create(prompt, Map.of());
    }

    public String create(String prompt, Map<String, Object> more) {
        Answer answer = user().post("/api/tasks", body(prompt, more));
        if (answer.status() != 201) {
            throw new AssertionError("not created: " + answer);
        }
        return answer.text("id");
    }

    public static Map<String, Object> body(String prompt, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("prompt", prompt, "repository", "app", "agent", "demo"));
        body.putAll(more);
        return body;
    }

    public JsonNode get(String id) {
        return user().get("/api/tasks/" + id).json();
    }

    /// Follows the stream to its end and returns the events.
    public List<JsonNode> follow(String id) {
        try (SseReader stream = user().stream("/api/tasks/" + id + "/stream", null)) {
            return stream.rest().stream().map(SseReader.Event::json).toList();
        }
    }

    /// Follows the stream to the `log` event with this message.
    public void awaitLog(String id, String message) {
        try (SseReader stream = user().stream("/api/tasks/" + id + "/stream", null)) {
            stream.until(event -> event.json().path("logMessage").asText().equals(message));
        }
    }

    /// Follows the stream to the first event of this kind and returns it.
    public JsonNode awaitEvent(String id, String kind) {
        return await(id, -1, kind);
    }

    /// The first after a point of the log.
    public JsonNode awaitEvent(String id, long after, String kind) {
        return await(id, after, kind);
    }

    /// The end of an attempt, after a point of the log.
    public JsonNode awaitDone(String id, long after) {
        return await(id, after, "done");
    }

    private JsonNode await(String id, long after, String kind) {
        String lastEventId = after < 0 ? null : Long.toString(after);
        try (SseReader stream = user().stream("/api/tasks/" + id + "/stream", lastEventId)) {
            return stream.until(event -> event.json().path("kind").asText().equals(kind))
                    .getLast()
                    .json();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
