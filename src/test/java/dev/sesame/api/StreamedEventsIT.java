package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What streams say is what the document says of them, and all of that is said.
class StreamedEventsIT {
    private static final String EVERYTHING = """
            demo: think 3 0
            demo: text 3 0
            demo: write a.txt 5
            demo: run ls
            demo: ask Go on?
            """;
    private static final String TASK = "GET /api/tasks/{taskId}/stream";
    private static final String TERMINAL = "GET /api/tasks/{taskId}/terminal/stream";
    private static final String CHANGES = "GET /api/events";

    private final SesameServer server = SesameServer.shared();
    private final HttpUser user = server.user();

    @BeforeEach
    void repository() {
        if (!Files.exists(server.repositories().resolve("streamed.git"))) {
            server.repository("streamed");
        }
    }

    @Test
    void eventsOfEveryKindHaveTheShapesOfTheDocument() {
        List<SseReader.Event> events = new ArrayList<>();
        String asking = task(EVERYTHING, "ask");
        try (SseReader stream = user.stream("/api/tasks/" + asking + "/stream", null)) {
            events.addAll(stream.until(event -> kind(event).equals("permission_request")));
            allow(asking, events.getLast());
            events.addAll(stream.rest());
        }
        String crashing = task("demo: crash 3", "auto");
        try (SseReader stream = user.stream("/api/tasks/" + crashing + "/stream", null)) {
            events.addAll(stream.rest());
        }

        check(TASK, events);
        Set<String> kinds = new TreeSet<>();
        events.forEach(event -> kinds.add(kind(event)));
        assertThat(kinds).isEqualTo(kindsOfTheDocument());
    }

    @Test
    void theTerminalsEventsHaveTheShapesOfTheDocument() {
        String id = task("demo: ask Go on?", "ask");
        SseReader.Event request;
        try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", null)) {
            request = stream.until(event -> kind(event).equals("permission_request"))
                    .getLast();
        }
        List<SseReader.Event> events = new ArrayList<>();
        try (SseReader terminal = user.stream("/api/tasks/" + id + "/terminal/stream", null)) {
            Answer typed = user.post("/api/tasks/" + id + "/terminal/input", Map.of("data", "echo sho\"\"wn\r"));
            assertThat(typed.status()).as("%s", typed).isEqualTo(204);
            events.addAll(terminal.until(event -> event.event().equals("output")));
            allow(id, request);
            events.addAll(terminal.rest());
        }

        check(TERMINAL, events);
        assertThat(events).extracting(SseReader.Event::event).contains("output", "state");
        assertThat(events)
                .filteredOn(event -> event.event().equals("output"))
                .allSatisfy(event ->
                        assertThat(Base64.getDecoder().decode(event.data())).isNotEmpty());
    }

    @Test
    void theChangesOfAUsersTasksHaveTheShapesOfTheDocument() {
        try (SseReader changes = user.stream("/api/events", "0")) {
            String id = task("demo: crash 3", "auto");
            try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", null)) {
                stream.rest();
            }
            assertThat(user.delete("/api/tasks/" + id).status()).isEqualTo(204);

            List<SseReader.Event> seen = changes.until(event -> event.event().equals("deleted"));
            check(CHANGES, seen);
            assertThat(seen).extracting(SseReader.Event::event).contains("task", "deleted");
        }
    }

    private String task(String prompt, String permissionMode) {
        Answer answer = user.post(
                "/api/tasks",
                Map.of("prompt", prompt, "repository", "streamed", "agent", "demo", "permissionMode", permissionMode));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.text("id");
    }

    private void allow(String id, SseReader.Event request) {
        String requestId = request.json().at("/permissionRequest/requestId").asText();
        Answer answer = user.post("/api/tasks/" + id + "/permissions/" + requestId, Map.of("decision", "allow"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static String kind(SseReader.Event event) {
        return event.json().path("kind").asText();
    }

    private static Set<String> kindsOfTheDocument() {
        return new Schema(Operation.DOCUMENT, Operation.DOCUMENT.at("/components/schemas/UniversalEvent"))
                .alternatives()
                .keySet();
    }

    private static void check(String operation, List<SseReader.Event> events) {
        JsonNode described = Operation.named(operation).json().at("/responses/200/content/text~1event-stream/x-events");
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(described.has(event.event())).as(event.event()).isTrue();
            JsonNode schema = described.path(event.event()).path("schema");
            assertThat(Shapes.faults(schema, said(schema, event)))
                    .as(event.data())
                    .isEmpty();
        });
    }

    /// A plain text is not in quotes.
    private static JsonNode said(JsonNode schema, SseReader.Event event) {
        return schema.path("type").asText().equals("string") ? TextNode.valueOf(event.data()) : event.json();
    }
}
