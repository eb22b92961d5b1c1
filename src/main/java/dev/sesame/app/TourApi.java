package dev.sesame.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// The few calls of the public API that the tour makes, as one signed-in user.
final class TourApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private String cookie = "";

    TourApi(URI base) {
        this.base = base;
    }

    /// Told of each event; answers whether to go on reading.
    interface Reader {
        boolean read(JsonNode event) throws IOException, InterruptedException;
    }

    void signUp(String name, String email, String password) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("name", name).put("email", email).put("password", password);
        HttpResponse<String> answer = post("/api/auth/sign-up/email", body);
        cookie = answer.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new IOException("The server gave no session at sign-up"));
    }

    String createTask(String repository, String prompt) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("repository", repository).put("prompt", prompt);
        body.put("agent", "demo").put("permissionMode", "ask");
        return JSON.readTree(post("/api/tasks", body).body()).path("id").asText();
    }

    void allow(String task, String requestId) throws IOException, InterruptedException {
        post(
                "/api/tasks/" + task + "/permissions/" + requestId,
                JSON.createObjectNode().put("decision", "allow"));
    }

    JsonNode task(String task) throws IOException, InterruptedException {
        return JSON.readTree(send(request("/api/tasks/" + task).build()).body());
    }

    String diff(String task) throws IOException, InterruptedException {
        return send(request("/api/tasks/" + task + "/diff").build()).body();
    }

    /// Reads the task's events after `lastSeq`; true when the reader had enough before the stream's end.
    boolean stream(String task, long lastSeq, Reader reader) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/tasks/" + task + "/stream?fullText=last");
        if (lastSeq >= 0) {
            request.header("Last-Event-ID", Long.toString(lastSeq));
        }
        HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() / 100 != 2) {
                throw refused(answer.statusCode(), lines.readLine());
            }
            boolean event = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring(6).strip().equals("event");
                } else if (event && line.startsWith("data:") && !reader.read(JSON.readTree(line.substring(5)))) {
                    return true;
                }
            }
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Cookie", cookie)
                .header("Origin", base.getScheme() + "://" + base.getAuthority());
    }

    private HttpResponse<String> post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer;
    }

    private static IOException refused(int status, String body) {
        String detail = Optional.ofNullable(body)
                .filter(text -> text.startsWith("{"))
                .map(text -> {
                    try {
                        return JSON.readTree(text).path("detail").asText();
                    } catch (IOException e) {
                        return text;
                    }
                })
                .orElse("");
        return new IOException("The server answered " + status + (detail.isEmpty() ? "" : ": " + detail));
    }
}
