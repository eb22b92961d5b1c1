package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;

/// An event of a task's log.
///
/// @param seq its place, from 0
/// @param json as the server sent it
/// @param body the same, parsed
public record TaskEvent(long seq, String json, JsonNode body) {

    public String kind() {
        return body.path("kind").asText("");
    }
}
