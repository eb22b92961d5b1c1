package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What streams say is what the document says of them.
class StreamedEventsIT {
    private final SesameServer server = SesameServer.shared();

    @Test
    void theEventsOfATaskHaveTheShapesOfTheDocument() {
        HttpUser user = server.user();
        if (!Files.exists(server.repositories().resolve("streamed.git"))) {
            server.repository("streamed");
        }
        String id;
        try (SseReader changes = user.stream("/api/events", "0")) {
            String prompt = "demo: think 2 1\ndemo: text 3 1\ndemo: write a.txt 10\ndemo: run false\n";
            id = user.post("/api/tasks", Map.of("prompt", prompt, "repository", "streamed", "agent", "demo"))
                    .text("id");
            List<SseReader.Event> events;
            try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", null)) {
                events = stream.rest();
            }
            check("GET /api/tasks/{taskId}/stream", events);
            Set<String> kinds = new TreeSet<>();
            events.forEach(event -> kinds.add(event.json().path("kind").asText()));
            assertThat(kinds).contains("status", "log", "done");

            assertThat(user.delete("/api/tasks/" + id).status()).isEqualTo(204);
            List<SseReader.Event> seen = changes.until(event -> event.event().equals("deleted"));
            check("GET /api/events", seen);
            assertThat(seen).extracting(SseReader.Event::event).contains("task", "deleted");
        }
    }

    private static void check(String operation, List<SseReader.Event> events) {
        JsonNode described = Operation.named(operation).json().at("/responses/200/content/text~1event-stream/x-events");
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(described.has(event.event())).as(event.event()).isTrue();
            assertThat(Shapes.faults(described.path(event.event()).path("schema"), event.json()))
                    .as(event.data())
                    .isEmpty();
        });
    }
}
