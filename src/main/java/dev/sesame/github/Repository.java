package dev.sesame.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/// A repository, as GitHub's API describes it.
record Repository(
        long id,
        String name,
        @JsonProperty("full_name") String fullName,
        @JsonProperty("private") boolean isPrivate,
        @JsonProperty("default_branch") String defaultBranch) {

    static Repository of(JsonNode json) {
        return new Repository(
                json.path("id").asLong(),
                json.path("name").asText(),
                json.path("full_name").asText(),
                json.path("private").asBoolean(),
                json.path("default_branch").asText());
    }
}
