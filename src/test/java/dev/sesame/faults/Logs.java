package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What tests say of a whole log.
final class Logs {
    private Logs() {}

    /// From 0 on without a gap, and one `done`, its last.
    static void assertWhole(List<JsonNode> log) {
        assertThat(log.stream().map(event -> event.path("seq").asInt(-1)))
                .isEqualTo(IntStream.range(0, log.size()).boxed().toList());
        assertThat(log.stream().filter(event -> event.path("kind").asText().equals("done")))
                .containsExactly(log.getLast());
    }

    /// The messages of the agent, each put together from its deltas.
    static List<String> messages(List<JsonNode> log) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (JsonNode event : log) {
            if (event.path("kind").asText().equals("message")) {
                texts.merge(
                        event.path("messageId").asText(),
                        event.path("textDelta").asText(),
                        String::concat);
            }
        }
        return List.copyOf(texts.values());
    }

    static String code(JsonNode task) {
        return task.path("error").path("code").asText();
    }
}
