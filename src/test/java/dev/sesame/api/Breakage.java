package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/// What of an older document a newer one takes away: operations, who may call them, parameters, fields, values
/// that could be sent, values that were always answered. Texts, examples and further problems are free.
final class Breakage {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> found = new ArrayList<>();
    private final RequestBreakage requests = new RequestBreakage(found);
    private final AnswerBreakage answers = new AnswerBreakage(found);

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
        JsonNode oldPath = before.path("paths").path(path);
        JsonNode newPath = after.path("paths").path(path);
        if (!newPath.has(method)) {
            found.add(name + " is gone");
            return;
        }
        JsonNode old = oldPath.path(method);
        JsonNode now = newPath.path(method);
        if (!old.path("x-access").equals(now.path("x-access"))) {
            found.add(name + " is for " + now.path("x-access").asText() + ", was for "
                    + old.path("x-access").asText());
        }
        parameters(name, List.of(oldPath, old), List.of(newPath, now));
        body(name, old(old.path("requestBody")), now(now.path("requestBody")));
        old.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> response(name, response.getKey(), response.getValue(), now));
    }

    private Schema old(JsonNode node) {
        return new Schema(before, node);
    }

    private Schema now(JsonNode node) {
        return new Schema(after, node);
    }

    private void body(String name, Schema old, Schema now) {
        if (now.get("required").asBoolean() && !old.get("required").asBoolean()) {
            found.add(name + ": body must be sent now");
        }
        old.get("content").properties().forEach(type -> {
            JsonNode taken = now.get("content").path(type.getKey());
            if (taken.isMissingNode()) {
                found.add(name + ": body cannot be " + type.getKey() + " any more");
            } else {
                requests.compare(name + ": body", old(type.getValue().path("schema")), now(taken.path("schema")));
            }
        });
    }

    private void parameters(String name, List<JsonNode> oldPlaces, List<JsonNode> newPlaces) {
        List<JsonNode> known = parameters(before, oldPlaces);
        List<JsonNode> taken = parameters(after, newPlaces);
        for (JsonNode parameter : known) {
            String place = place(name, parameter);
            taken.stream()
                    .filter(it -> it.path("name").equals(parameter.path("name")))
                    .findAny()
                    .ifPresentOrElse(it -> parameter(place, parameter, it), () -> found.add(place + " is gone"));
        }
        taken.stream()
                .filter(it -> it.path("required").asBoolean())
                .filter(it -> known.stream()
                        .noneMatch(old -> old.path("name").equals(it.path("name"))
                                && old.path("required").asBoolean()))
                .forEach(it -> found.add(place(name, it) + " must be sent now"));
    }

    private void parameter(String place, JsonNode old, JsonNode now) {
        if (!old.path("in").equals(now.path("in"))) {
            found.add(place + " is in " + now.path("in").asText() + ", was in "
                    + old.path("in").asText());
        }
        requests.compare(place, old(old.path("schema")), now(now.path("schema")));
    }

    private static String place(String name, JsonNode parameter) {
        return name + ": parameter " + parameter.path("name").asText();
    }

    private static List<JsonNode> parameters(JsonNode document, List<JsonNode> places) {
        return places.stream()
                .flatMap(place -> StreamSupport.stream(place.path("parameters").spliterator(), false))
                .map(parameter -> new Schema(document, parameter).node())
                .toList();
    }

    private void response(String name, String status, JsonNode old, JsonNode operation) {
        Schema now = now(operation.path("responses").path(status));
        String place = name + ": answer " + status;
        if (now.isFree()) {
            found.add(place + " is gone");
            return;
        }
        old(old).get("content").properties().forEach(type -> {
            JsonNode media = now.get("content").path(type.getKey());
            if (media.isMissingNode()) {
                found.add(place + " is not " + type.getKey() + " any more");
            } else {
                answers.compare(place, old(type.getValue().path("schema")), now(media.path("schema")));
                events(name, type.getValue().path("x-events"), media.path("x-events"));
            }
        });
    }

    private void events(String name, JsonNode old, JsonNode now) {
        old.properties().forEach(event -> {
            String place = name + ": event " + event.getKey();
            if (now.has(event.getKey())) {
                answers.compare(
                        place,
                        old(event.getValue().path("schema")),
                        now(now.path(event.getKey()).path("schema")));
            } else {
                found.add(place + " is gone");
            }
        });
    }
}
