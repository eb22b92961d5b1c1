package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What a tool call brought forth: blocks of text and of changes to files, and the agent's own form of the same.
final class Contents {
    private Contents() {}

    static String text(JsonNode blocks) {
        StringJoiner lines = new StringJoiner("\n");
        lines.setEmptyValue("");
        for (JsonNode block : blocks) {
            switch (Json.text(block, "type", "")) {
                case "content" -> lines.add(content(block.path("content")));
                case "diff" -> lines.add(diff(block));
                default -> lines.add("[" + Json.text(block, "type", "something unknown") + "]");
            }
        }
        return lines.toString();
    }

    private static String content(JsonNode content) {
        String text = Json.text(content, "text");
        return text != null ? text : "[" + Json.text(content, "type", "something that is no text") + "]";
    }

    /// The lines that were taken and those that came in their place, without those around them that stayed.
    private static String diff(JsonNode block) {
        String[] before = lines(Json.text(block, "oldText", ""));
        String[] after = lines(Json.text(block, "newText", ""));
        int head = 0;
        while (head < before.length && head < after.length && before[head].equals(after[head])) {
            head++;
        }
        int tail = 0;
        while (tail < before.length - head
                && tail < after.length - head
                && before[before.length - 1 - tail].equals(after[after.length - 1 - tail])) {
            tail++;
        }
        StringJoiner lines = new StringJoiner("\n").add(Json.text(block, "path", "?"));
        for (int i = head; i < before.length - tail; i++) {
            lines.add("-" + before[i]);
        }
        for (int i = head; i < after.length - tail; i++) {
            lines.add("+" + after[i]);
        }
        return lines.toString();
    }

    private static String[] lines(String text) {
        return text.lines().toArray(String[]::new);
    }

    /// From the agent's own form, which is text or has it as `output`, `content`, `message` or `error`.
    static String raw(JsonNode raw) {
        if (raw.isTextual()) {
            return raw.asText();
        }
        for (String member : new String[] {"output", "content", "message", "error"}) {
            String text = Json.text(raw, member);
            if (text != null) {
                return text;
            }
        }
        return raw.isMissingNode() || raw.isEmpty() ? "" : Json.write(raw);
    }

    static @Nullable Integer exitCode(JsonNode raw) {
        JsonNode exit = raw.path("metadata").path("exit");
        for (JsonNode part : raw.path("contents")) {
            if ("shell_exit".equals(Json.text(part, "type"))) {
                exit = part.path("exitCode");
            }
        }
        return exit.isInt() ? exit.asInt() : null;
    }
}
