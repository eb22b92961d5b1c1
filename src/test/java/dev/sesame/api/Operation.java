package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.http.ApiDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One operation of the document.
///
/// @param method in upper case
/// @param path with parameters like `{taskId}`
/// @param json what the document says of it
/// @param parameters of the path and of the operation, references followed
record Operation(String method, String path, JsonNode json, List<JsonNode> parameters) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    static final ObjectNode DOCUMENT = ApiDocument.read();

    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> all.add(new Operation(
                                member.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                member.getValue(),
                                parameters(path.getValue(), member.getValue())))));
        return all;
    }

    static Operation named(String methodAndPath) {
        return all().stream()
                .filter(operation -> operation.toString().equals(methodAndPath))
                .findAny()
                .orElseThrow(() -> new AssertionError("The document has no " + methodAndPath));
    }

    private static List<JsonNode> parameters(JsonNode path, JsonNode operation) {
        return Stream.of(path, operation)
                .flatMap(node -> StreamSupport.stream(node.path("parameters").spliterator(), false))
                .map(Operation::resolved)
                .toList();
    }

    /// What a node of the document refers to, or itself.
    static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /// Who may call it: `anyone`, `anyone-or-key`, `browser` or a permission.
    String access() {
        return json.path("x-access").asText();
    }

    boolean streams() {
        return json.at("/responses/200/content").has("text/event-stream");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
