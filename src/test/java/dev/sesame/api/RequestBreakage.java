package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What could be sent and is not taken any more.
final class RequestBreakage {
    private static final Set<String> MOST = Set.of("maxLength", "maximum", "exclusiveMaximum", "maxItems");
    private static final Set<String> LEAST = Set.of("minLength", "minimum", "exclusiveMinimum", "minItems");
    private static final Set<String> FORM = Set.of("pattern", "format");

    private final List<String> found;

    /// @param found gets what is found
    RequestBreakage(List<String> found) {
        this.found = found;
    }

    void compare(String place, Schema old, Schema now) {
        types(place, old, now);
        values(place, old, now);
        limits(place, old, now);
        fields(place, old, now);
        furtherFields(place, old, now);
        if (now.has("items")) {
            compare(place + "[]", old.below("items"), now.below("items"));
        }
        Map<String, Schema> taken = now.alternatives();
        old.alternatives().forEach((kind, each) -> {
            if (taken.containsKey(kind)) {
                compare(place + "<" + kind + ">", each, taken.getOrDefault(kind, now));
            } else {
                found.add(place + " does not take <" + kind + "> any more");
            }
        });
    }

    private void types(String place, Schema old, Schema now) {
        boolean fewer = !now.types().isEmpty() && !now.types().containsAll(old.types());
        if (fewer || (old.isFree() && !now.types().isEmpty())) {
            found.add(place + " is " + now.saidTypes() + ", was " + old.saidTypes());
        }
    }

    private void values(String place, Schema old, Schema now) {
        if (now.values().isEmpty()) {
            return;
        }
        if (old.values().isEmpty()) {
            found.add(place + " takes only certain values now");
        }
        old.values().stream()
                .filter(value -> !now.values().contains(value))
                .forEach(value -> found.add(place + " does not take " + value + " any more"));
    }

    private void limits(String place, Schema old, Schema now) {
        MOST.stream()
                .filter(now::has)
                .filter(most -> !old.has(most)
                        || now.get(most).asDouble() < old.get(most).asDouble())
                .forEach(most -> tightened(place, most, old, now));
        LEAST.stream()
                .filter(now::has)
                .filter(least -> !old.has(least)
                        || now.get(least).asDouble() > old.get(least).asDouble())
                .forEach(least -> tightened(place, least, old, now));
        FORM.stream()
                .filter(now::has)
                .filter(form -> !now.get(form).equals(old.get(form)))
                .forEach(form -> tightened(place, form, old, now));
    }

    private void tightened(String place, String limit, Schema old, Schema now) {
        found.add(
                place + ": " + limit + " is " + now.get(limit) + ", was " + (old.has(limit) ? old.get(limit) : "none"));
    }

    private void fields(String place, Schema old, Schema now) {
        for (String field : old.fields()) {
            if (now.fields().contains(field)) {
                compare(place + "." + field, old.field(field), now.field(field));
            } else {
                found.add(place + "." + field + " cannot be sent any more");
            }
        }
        now.required().stream()
                .filter(field -> !old.required().contains(field))
                .forEach(field -> found.add(place + "." + field + " must be sent now"));
    }

    private void furtherFields(String place, Schema old, Schema now) {
        JsonNode before = old.get("additionalProperties");
        JsonNode after = now.get("additionalProperties");
        boolean wereFree = !before.isBoolean() || before.asBoolean();
        if (after.isBoolean() && !after.asBoolean() && wereFree) {
            found.add(place + " takes no further fields any more");
        } else if (after.isObject() && wereFree) {
            compare(place + ".*", old.below("additionalProperties"), now.below("additionalProperties"));
        }
    }
}
