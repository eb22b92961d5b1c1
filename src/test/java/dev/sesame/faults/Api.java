package dev.sesame.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The public API as one signed-in user, patient with a server that is gone for a while.
final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ONE_CALL = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ONE_CALL)
            .build();
    private final URI base;
    private String cookie = "";

    Api(URI base) {
        this.base = base;
    }

    /// @param repeated whether an earlier try may have reached the server, though its answer was lost
    record Answer(int status, JsonNode body, boolean repeated) {
        Answer expect(int... expected) {
            for (int each : expected) {
                if (status == each) {
                    return this;
                }
            }
            throw new AssertionError("The server answered " + status + " " + body);
        }
    }

    /// Signs up; tells the user's id.
    String signUp() throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("name", "F", "email", "f@example.com", "password", "fault suite"));
        HttpResponse<String> answer = client.send(
                request("POST", "/api/auth/sign-up/email", body, Map.of()).build(), BodyHandlers.ofString());
        cookie = answer.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
        return JSON.readTree(answer.body()).path("user").path("id").asText();
    }

    Answer get(String path) throws InterruptedException {
        return call("GET", path, null, Map.of());
    }

    Answer post(String path, Map<String, String> body) throws InterruptedException {
        return post(path, body, Map.of());
    }

    Answer post(String path, Map<String, String> body, Map<String, String> headers) throws InterruptedException {
        return call("POST", path, JSON.valueToTree(body).toString(), headers);
    }

    /// Repeats the call until it is answered by more than 503.
    private Answer call(String method, String path, @Nullable String body, Map<String, String> headers)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        boolean repeated = false;
        while (true) {
            try {
                HttpResponse<String> answer =
                        client.send(request(method, path, body, headers).build(), BodyHandlers.ofString());
                if (answer.statusCode() != 503) {
                    return new Answer(answer.statusCode(), json(answer.body()), repeated);
                }
            } catch (java.net.ConnectException e) {
                // Not there: nothing was sent.
            } catch (IOException e) {
                repeated = true;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("No answer to " + method + " " + path);
            }
            Thread.sleep(50);
        }
    }

    /// Tries once; null when no answer came, so that nobody knows what became of it.
    @Nullable
    Answer tryPost(String path, Map<String, String> body) throws InterruptedException {
        try {
            String json = JSON.valueToTree(body).toString();
            HttpResponse<String> answer =
                    client.send(request("POST", path, json, Map.of()).build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json(answer.body()), false);
        } catch (IOException e) {
            return null;
        }
    }

    /// Opens a task's stream, once.
    HttpResponse<InputStream> stream(String task, long lastSeq) throws IOException, InterruptedException {
        Map<String, String> headers = lastSeq < 0 ? Map.of() : Map.of("Last-Event-ID", Long.toString(lastSeq));
        HttpRequest request =
                request("GET", "/api/tasks/" + task + "/stream", null, headers).build();
        return client.send(request, BodyHandlers.ofInputStream());
    }

    private static JsonNode json(String text) throws IOException {
        return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
    }

    private HttpRequest.Builder request(
            String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ONE_CALL)
                .header("Cookie", cookie)
                .header("Origin", base.toString())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return request;
    }
}
