package dev.sesame.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What became of an act.
///
/// @param log the task's whole log
/// @param task as the API shows it at the end
/// @param notes what the act itself saw, by name
record Played(List<JsonNode> log, JsonNode task, Map<String, String> notes) {

    /// The events of one attempt, counted from 1.
    Played attempt(int number) {
        List<JsonNode> events = log;
        for (int n = 1; n < number; n++) {
            events = events.subList(end(events), events.size());
        }
        return new Played(events.subList(0, end(events)), task, notes);
    }

    private static int end(List<JsonNode> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).path("kind").asText().equals("done")) {
                return i + 1;
            }
        }
        return events.size();
    }

    Stream<JsonNode> events(String kind) {
        return log.stream().filter(event -> event.path("kind").asText().equals(kind));
    }

    List<JsonNode> all(String kind, String member) {
        return events(kind).map(event -> event.path(member)).toList();
    }

    /// The agent's messages, each put together from its deltas.
    List<String> messages() {
        Map<String, String> texts = new LinkedHashMap<>();
        events("message")
                .forEach(event -> texts.merge(
                        event.path("messageId").asText(),
                        event.path("textDelta").asText(),
                        String::concat));
        return List.copyOf(texts.values());
    }

    List<String> logged(String type) {
        return events("log")
                .filter(event -> event.path("logType").asText().equals(type))
                .map(event -> event.path("logMessage").asText())
                .toList();
    }

    String status() {
        return log.isEmpty() ? "" : log.getLast().path("status").asText();
    }

    String code() {
        return task.path("error").path("code").asText();
    }

    String note(String name) {
        return notes.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(notes.toString());
        for (JsonNode event : log) {
            String line = event.toString();
            text.append('\n').append(line, 0, Math.min(line.length(), 400));
        }
        return text.append('\n').append(task).toString();
    }
}
