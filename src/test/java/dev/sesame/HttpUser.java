package dev.sesame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Someone who talks to a server: anonymous, a signed-in browser or a program with a key.
///
/// @param headers sent with each request
public record HttpUser(URI base, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The same user with one more header, or another value of it.
    public HttpUser with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new HttpUser(base, Map.copyOf(all));
    }

    /// The value of a header that this user sends.
    public String header(String name) {
        return Objects.requireNonNull(headers.get(name), name);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /// @param body turned into JSON; null for none
    public Answer post(String path, @Nullable Object body) {
        return send("POST", path, body == null ? null : json(body));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, json(body));
    }

    /// @param body sent as it is, as `application/json` unless a header of the user's says otherwise
    public Answer send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = request(path);
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(request.build());
    }

    /// A stream of server-sent events.
    ///
    /// @param lastEventId null to begin at the beginning
    public SseReader stream(String path, @Nullable String lastEventId) {
        HttpRequest.Builder request = request(path).timeout(Duration.ofHours(1));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return SseReader.open(HTTP, request.build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
