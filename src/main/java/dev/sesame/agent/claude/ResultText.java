package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tool's result: text, or blocks of text and other things. A command's exit code is only told in the text of a
/// failure.
final class ResultText {
    private static final Pattern EXIT_CODE = Pattern.compile("Exit code (\\d{1,9})(?:\\n|$)");

    private ResultText() {}

    static void close(String callId, JsonNode block, OpenTools tools, Outputs out) {
        String text = text(block.path("content"));
        boolean isError = Json.flag(block, "is_error");
        tools.result(callId, text, isError, isError ? exitCode(text) : null, out);
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.asText() : content.isMissingNode() ? "" : Json.write(content);
        }
        StringJoiner lines = new StringJoiner("\n");
        for (JsonNode part : content) {
            String text = Json.text(part, "text");
            lines.add(text != null ? text : "[" + Json.text(part, "type", "something that is no text") + "]");
        }
        return lines.toString();
    }

    private static @Nullable Integer exitCode(String text) {
        Matcher matcher = EXIT_CODE.matcher(text);
        return matcher.lookingAt() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
