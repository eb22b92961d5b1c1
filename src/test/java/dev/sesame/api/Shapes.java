package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Checks values against schemas of the document. Answers are checked more strictly than the document asks clients to:
/// a field that it does not name is a fault.
final class Shapes {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<JsonNode, JsonSchema> OPEN = new ConcurrentHashMap<>();
    private static final Map<JsonNode, JsonSchema> CLOSED = new ConcurrentHashMap<>();

    private Shapes() {}

    /// What is wrong with a value of an answer; empty when nothing is.
    static Set<String> faults(JsonNode schema, JsonNode value) {
        return messages(CLOSED.computeIfAbsent(schema, it -> compiled(it, true)), value);
    }

    /// What is wrong with a value that a client sends.
    static Set<String> requestFaults(JsonNode schema, JsonNode value) {
        return messages(OPEN.computeIfAbsent(schema, it -> compiled(it, false)), value);
    }

    private static Set<String> messages(JsonSchema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonSchema compiled(JsonNode schema, boolean closed) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema.deepCopy());
        root.set("components", Operation.DOCUMENT.path("components").deepCopy());
        if (closed) {
            close(root);
        }
        return FACTORY.getSchema(root);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Shapes::close);
    }
}
