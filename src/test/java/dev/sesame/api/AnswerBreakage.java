package dev.sesame.api;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was always answered and is not any more. Further fields and further kinds of events are free.
final class AnswerBreakage {
    private final List<String> found;
    private final Set<String> seen = new HashSet<>();

    /// @param found gets what is found
    AnswerBreakage(List<String> found) {
        this.found = found;
    }

    void compare(String place, Schema old, Schema now) {
        if (!seen.add(place)) {
            return;
        }
        boolean more = !old.types().isEmpty() && !old.types().containsAll(now.types());
        boolean any = !old.types().isEmpty() && now.isFree();
        if (more || any) {
            found.add(place + " is " + now.saidTypes() + ", was " + old.saidTypes());
        }
        for (String field : old.fields()) {
            if (now.fields().contains(field)) {
                compare(place + "." + field, old.field(field), now.field(field));
            } else {
                found.add(place + "." + field + " is gone");
            }
        }
        old.required().stream()
                .filter(field -> now.fields().contains(field) && !now.required().contains(field))
                .forEach(field -> found.add(place + "." + field + " may be missing now"));
        if (old.has("items")) {
            compare(place + "[]", old.below("items"), now.below("items"));
        }
        alternatives(place, old.alternatives(), now.alternatives());
    }

    private void alternatives(String place, Map<String, Schema> old, Map<String, Schema> now) {
        old.forEach((kind, each) -> {
            Schema same = now.get(kind);
            if (same != null) {
                compare(place + "<" + kind + ">", each, same);
            } else if (!kind.equals("null")) {
                found.add(place + "<" + kind + "> is gone");
            }
        });
    }
}
