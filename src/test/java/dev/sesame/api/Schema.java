package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A schema of a document, references followed.
///
/// @param node missing where the document says nothing
record Schema(JsonNode document, JsonNode node) {
    Schema {
        node = node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /// Says nothing of the value.
    boolean isFree() {
        return node.isEmpty();
    }

    boolean has(String member) {
        return node.has(member);
    }

    JsonNode get(String member) {
        return node.path(member);
    }

    Schema below(String member) {
        return new Schema(document, node.path(member));
    }

    Schema field(String name) {
        return new Schema(document, node.path("properties").path(name));
    }

    Set<String> fields() {
        return node.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> required() {
        return all("required").map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
    }

    /// Empty for any.
    Set<String> types() {
        JsonNode type = node.path("type");
        return type.isTextual()
                ? Set.of(type.asText())
                : all("type").map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
    }

    String saidTypes() {
        return types().isEmpty() ? "anything" : String.join(" or ", new TreeSet<>(types()));
    }

    /// The only ones there can be; empty for any.
    Set<JsonNode> values() {
        return node.has("const") ? Set.of(node.path("const")) : all("enum").collect(Collectors.toSet());
    }

    /// By the kind of event it is, or else by its type.
    Map<String, Schema> alternatives() {
        Map<String, Schema> alternatives = new LinkedHashMap<>();
        all("oneOf").map(each -> new Schema(document, each)).forEach(each -> {
            JsonNode kind = each.node.at("/properties/kind/const");
            alternatives.put(kind.isMissingNode() ? each.saidTypes() : kind.asText(), each);
        });
        return alternatives;
    }

    private Stream<JsonNode> all(String member) {
        return StreamSupport.stream(node.path(member).spliterator(), false);
    }
}
