package dev.sesame.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// Whether an answer is as an example says: each member of the example is there, with a value of the same type.
/// Ids and instants need the same form, and so does a sentence that names the repository; any other value has
/// to be the same, unless it is a datum of the moment.
///
/// @param data names of the members whose values are data of the moment
record Likeness(Set<String> data) {
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("task_[a-z0-9]+"),
            Pattern.compile("sesame/[a-z0-9]+(-[a-z0-9]+)*"),
            Pattern.compile("Cloning repository( \\S+)?\\.\\.\\."),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    private static final long MILLIS_FROM = 1_000_000_000_000L;

    /// Everything in which the answer differs; empty when nothing does.
    List<String> differences(JsonNode example, JsonNode answer) {
        List<String> all = new ArrayList<>();
        compare("", example, answer, all);
        return all;
    }

    private void compare(String place, JsonNode example, JsonNode answer, List<String> all) {
        if (example.getNodeType() != answer.getNodeType()) {
            all.add(place + " is " + answer.getNodeType() + " and not " + example.getNodeType());
        } else if (example.isObject()) {
            example.properties()
                    .forEach(it -> compare(place + "/" + it.getKey(), it.getValue(), answer.path(it.getKey()), all));
        } else if (example.isArray()) {
            example.forEach(element -> contains(place, element, answer, all));
        } else if (!isLike(place, example, answer)) {
            all.add(place + " is " + answer + " and not like " + example);
        }
    }

    private void contains(String place, JsonNode element, JsonNode answer, List<String> all) {
        List<List<String>> found = StreamSupport.stream(answer.spliterator(), false)
                .map(it -> {
                    List<String> here = new ArrayList<>();
                    compare(place + "[]", element, it, here);
                    return here;
                })
                .toList();
        if (found.stream().noneMatch(List::isEmpty)) {
            all.add(place + " has no element like " + element + ": " + found);
        }
    }

    private boolean isLike(String place, JsonNode example, JsonNode answer) {
        if (data.contains(place.substring(place.lastIndexOf('/') + 1))) {
            return example.isIntegralNumber() == answer.isIntegralNumber()
                    && !answer.asText().isBlank();
        }
        if (example.isIntegralNumber() && example.longValue() > MILLIS_FROM) {
            return answer.isIntegralNumber() && answer.longValue() > MILLIS_FROM;
        }
        return FORMS.stream()
                .filter(form -> form.matcher(example.asText()).matches())
                .findFirst()
                .map(form -> form.matcher(answer.asText()).matches())
                .orElseGet(() -> example.equals(answer));
    }
}
