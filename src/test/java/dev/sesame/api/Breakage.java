package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What of an older document a newer one takes away: operations, parameters, fields, values that could be sent, values
/// that were always answered. Texts, examples and further problems are free.
final class Breakage {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> found = new ArrayList<>();
    private final Set<String> under = new HashSet<>();

    private Breakage(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    static List<String> between(JsonNode before, JsonNode after) {
        var breakage = new Breakage(before, after);
        before.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> breakage.operation(path.getKey(), member.getKey())));
        return breakage.found;
    }

    private void operation(String path, String method) {
        String name = method.toUpperCase(Locale.ROOT) + " " + path;
        JsonNode old = before.path("paths").path(path);
        JsonNode now = after.path("paths").path(path);
        if (!now.has(method)) {
            found.add(name + " is gone");
            return;
        }
        parameters(name, List.of(old, old.path(method)), List.of(now, now.path(method)));
        JsonNode sent = old.path(method)
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        JsonNode taken = now.path(method)
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        if (!sent.isMissingNode()) {
            request(name + ": body", sent, taken);
        } else if (now.path(method).path("requestBody").path("required").asBoolean()) {
            found.add(name + ": body must be sent now");
        }
        old.path(method).path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> response(name, response.getKey(), response.getValue(), now.path(method)));
    }

    private void parameters(String name, List<JsonNode> old, List<JsonNode> now) {
        List<JsonNode> known = parameters(before, old);
        List<JsonNode> taken = parameters(after, now);
        for (JsonNode parameter : known) {
            String place = name + ": parameter " + parameter.path("name").asText();
            taken.stream()
                    .filter(it -> it.path("name").equals(parameter.path("name")))
                    .findAny()
                    .ifPresentOrElse(
                            it -> request(place, parameter.path("schema"), it.path("schema")),
                            () -> found.add(place + " is gone"));
        }
        taken.stream()
                .filter(it -> it.path("required").asBoolean())
                .filter(it -> known.stream().noneMatch(old1 -> old1.path("name").equals(it.path("name"))))
                .forEach(it -> found.add(name + ": parameter " + it.path("name").asText() + " must be sent now"));
    }

    private static List<JsonNode> parameters(JsonNode document, List<JsonNode> places) {
        return places.stream()
                .flatMap(place -> StreamSupport.stream(place.path("parameters").spliterator(), false))
                .map(parameter -> resolved(document, parameter))
                .toList();
    }

    private void response(String name, String status, JsonNode old, JsonNode operation) {
        JsonNode now = operation.path("responses").path(status);
        if (now.isMissingNode()) {
            found.add(name + ": answer " + status + " is gone");
            return;
        }
        old.path("content").properties().forEach(type -> {
            JsonNode media = now.path("content").path(type.getKey());
            if (media.isMissingNode()) {
                found.add(name + ": answer " + status + " is not " + type.getKey() + " any more");
            } else {
                answer(name + ": answer " + status, type.getValue().path("schema"), media.path("schema"));
                type.getValue()
                        .path("x-events")
                        .properties()
                        .forEach(event -> answer(
                                name + ": event " + event.getKey(),
                                event.getValue().path("schema"),
                                media.path("x-events").path(event.getKey()).path("schema")));
            }
        });
    }

    /// What could be sent can still be sent.
    private void request(String place, JsonNode oldSchema, JsonNode newSchema) {
        JsonNode old = resolved(before, oldSchema);
        JsonNode now = resolved(after, newSchema);
        if (types(old).stream()
                .anyMatch(type -> !types(now).isEmpty() && !types(now).contains(type))) {
            found.add(place + " is " + said(now) + ", was " + said(old));
        }
        if (now.has("enum")) {
            old.path("enum").forEach(value -> {
                if (!values(now).contains(value)) {
                    found.add(place + " does not take " + value + " any more");
                }
            });
        }
        old.path("properties").properties().forEach(field -> {
            JsonNode same = now.path("properties").path(field.getKey());
            if (same.isMissingNode()) {
                found.add(place + "." + field.getKey() + " cannot be sent any more");
            } else {
                request(place + "." + field.getKey(), field.getValue(), same);
            }
        });
        now.path("required").forEach(field -> {
            if (!values(old, "required").contains(field)) {
                found.add(place + "." + field.asText() + " must be sent now");
            }
        });
    }

    /// What was answered is still answered.
    private void answer(String place, JsonNode oldSchema, JsonNode newSchema) {
        JsonNode old = resolved(before, oldSchema);
        JsonNode now = resolved(after, newSchema);
        if (!under.add(place)) {
            return;
        }
        if (types(now).stream()
                .anyMatch(type -> !types(old).isEmpty() && !types(old).contains(type))) {
            found.add(place + " is " + said(now) + ", was " + said(old));
        }
        old.path("properties").properties().forEach(field -> {
            JsonNode same = now.path("properties").path(field.getKey());
            if (same.isMissingNode()) {
                found.add(place + "." + field.getKey() + " is gone");
            } else {
                answer(place + "." + field.getKey(), field.getValue(), same);
            }
        });
        old.path("required").forEach(field -> {
            if (now.path("properties").has(field.asText())
                    && !values(now, "required").contains(field)) {
                found.add(place + "." + field.asText() + " may be missing now");
            }
        });
        if (old.has("items")) {
            answer(place + "[]", old.path("items"), now.path("items"));
        }
        alternatives(place, old, now);
    }

    /// Only events, which tell themselves apart by a constant.
    private void alternatives(String place, JsonNode old, JsonNode now) {
        for (JsonNode each : old.path("oneOf")) {
            JsonNode kind = resolved(before, each).at("/properties/kind/const");
            StreamSupport.stream(now.path("oneOf").spliterator(), false)
                    .filter(it -> !kind.isMissingNode()
                            && resolved(after, it).at("/properties/kind/const").equals(kind))
                    .findAny()
                    .ifPresent(it -> answer(place + "<" + kind.asText() + ">", each, it));
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isTextual()
                ? Set.of(type.asText())
                : StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
    }

    private static String said(JsonNode schema) {
        return String.join(" or ", new TreeSet<>(types(schema)));
    }

    private static Set<JsonNode> values(JsonNode schema) {
        return values(schema, "enum");
    }

    private static Set<JsonNode> values(JsonNode schema, String member) {
        return StreamSupport.stream(schema.path(member).spliterator(), false).collect(Collectors.toSet());
    }
}
