package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;
import java.util.StringJoiner;

/// The agent's list of what it is going to do, as text.
final class Plans {
    private Plans() {}

    static String text(JsonNode entries) {
        StringJoiner lines = new StringJoiner("\n").add("Plan:");
        for (JsonNode entry : entries) {
            String mark = switch (Json.text(entry, "status", "")) {
                case "completed" -> "[x] ";
                case "in_progress" -> "[>] ";
                default -> "[ ] ";
            };
            lines.add(mark + Json.text(entry, "content", "?"));
        }
        return lines.toString();
    }
}
