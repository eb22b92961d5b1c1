package dev.sesame.agent.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// JSON lines as agents write them: unknown members are no error, missing ones are null, and a line may be of any
/// length. For any thread.
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// The object that the line is; null if it is anything else.
    public static @Nullable JsonNode object(String line) {
        if (!line.startsWith("{") && !line.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// One line, without a newline.
    public static String write(JsonNode node) {
        return node.toString();
    }

    /// A member's text; numbers and booleans as they are written. Null if it is missing, null, or no scalar.
    public static @Nullable String text(JsonNode node, String name) {
        JsonNode member = node.path(name);
        return member.isValueNode() && !member.isNull() ? member.asText() : null;
    }

    public static String text(JsonNode node, String name, String otherwise) {
        String text = text(node, name);
        return text == null ? otherwise : text;
    }

    public static boolean flag(JsonNode node, String name) {
        return node.path(name).asBoolean(false);
    }

    /// Zero if missing or no number.
    public static long number(JsonNode node, String name) {
        return node.path(name).asLong(0);
    }
}
