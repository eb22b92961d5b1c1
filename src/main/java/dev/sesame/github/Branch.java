package dev.sesame.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/// A branch, as GitHub's API describes it.
record Branch(
        String name,
        Commit commit,
        @JsonProperty("protected") boolean isProtected) {

    record Commit(String sha) {}

    static Branch of(JsonNode json) {
        return new Branch(
                json.path("name").asText(),
                new Commit(json.path("commit").path("sha").asText()),
                json.path("protected").asBoolean());
    }
}
