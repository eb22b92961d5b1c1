package dev.sesame.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.github.GitHubException.Kind;
import dev.sesame.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Set;

/// What GitHub's refusals mean, and its own words for them.
final class Refusals {
    private static final int LONGEST = 500;

    private Refusals() {}

    static GitHubException of(String token, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String words = words(response).replace(token, "[redacted]");
        return switch (status) {
            case 401 -> new GitHubException(Kind.BAD_TOKEN, "GitHub does not accept the token: " + words);
            case 403, 451 -> new GitHubException(Kind.FORBIDDEN, "GitHub forbids it: " + words);
            case 404, 410 ->
                new GitHubException(Kind.NOT_FOUND, "GitHub has no such thing, or the token no access to it: " + words);
            case 400, 409, 422 -> new GitHubException(Kind.REFUSED, "GitHub refused it: " + words);
            default -> new GitHubException(Kind.UNAVAILABLE, "GitHub answered " + status + ": " + words);
        };
    }

    private static String one(JsonNode error) {
        String place =
                (error.path("field").asText("") + " " + error.path("code").asText("")).strip();
        return error.path("message").asText(place);
    }

    /// The message, and those of the single errors.
    private static String words(HttpResponse<byte[]> response) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            body = Json.MAPPER.missingNode();
        }
        Set<String> words = new LinkedHashSet<>();
        words.add(body.path("message").asText("no reason given"));
        for (JsonNode error : body.path("errors")) {
            words.add(error.isTextual() ? error.asText() : one(error));
        }
        words.remove("");
        String all = String.join(": ", words).replaceAll("\\p{Cntrl}", " ");
        return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
    }
}
