package dev.sesame.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.git.TestGit;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A server with a repository `app`, and what tests do with tasks on it.
public final class TaskWorld implements AutoCloseable {

    /// Long, since the first task of an agent may install its program, and the conformance suite queues all its tasks.
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    public final SesameServer server;
    public final TestGit repository;
    private final Duration patience;

    public TaskWorld(Map<String, String> environment) {
        this(SesameServer.start(environment));
    }

    /// @param server is closed with this
    public TaskWorld(SesameServer server) {
        this(
                server,
                TestGit.bare(
                        server.repositories().resolve("app.git"),
                        server.repositories().resolveSibling("scratch")),
                PATIENCE);
    }

    private TaskWorld(SesameServer server, TestGit repository, Duration patience) {
        this.server = server;
        this.repository = repository;
        this.patience = patience;
    }

    /// The same, but whatever is waited for must come within this time.
    TaskWorld within(Duration time) {
        return new TaskWorld(server, repository, time);
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
        return until(id, -1, event -> false);
    }

    /// Follows the stream to the `log` event with this message.
    public void awaitLog(String id, String message) {
        await(id, -1, event -> event.path("logMessage").asText().equals(message));
    }

    /// Follows the stream to the first event of this kind and returns it.
    public JsonNode awaitEvent(String id, String kind) {
        return awaitEvent(id, -1, kind);
    }

    /// The first after a point of the log.
    public JsonNode awaitEvent(String id, long after, String kind) {
        return await(id, after, event -> event.path("kind").asText().equals(kind));
    }

    /// The end of an attempt, after a point of the log.
    public JsonNode awaitDone(String id, long after) {
        return awaitEvent(id, after, "done");
    }

    /// Where the agent of the task's first attempt has its control directory.
    public Path spool(String id) throws IOException {
        Path attempt = server.dataDirectory().resolve("tasks").resolve(id).resolve("1");
        try (DirectoryStream<Path> agent = Files.newDirectoryStream(attempt, "agent-*")) {
            return agent.iterator().next();
        }
    }

    private JsonNode await(String id, long after, Predicate<JsonNode> fits) {
        List<JsonNode> events = until(id, after, fits);
        if (events.isEmpty() || !fits.test(events.getLast())) {
            throw new AssertionError("The stream ended without the event. " + state(id));
        }
        return events.getLast();
    }

    private List<JsonNode> until(String id, long after, Predicate<JsonNode> fits) {
        String lastEventId = after < 0 ? null : Long.toString(after);
        try (SseReader stream = user().stream("/api/tasks/" + id + "/stream", lastEventId)) {
            return stream.within(patience).until(event -> fits.test(event.json())).stream()
                    .map(SseReader.Event::json)
                    .toList();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ". " + state(id), e);
        }
    }

    private String state(String id) {
        return "The task now: " + get(id) + "; its log: "
                + user().get("/api/tasks/" + id + "/events").body();
    }

    @Override
    public void close() {
        server.close();
    }
}
