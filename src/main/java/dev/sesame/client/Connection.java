package dev.sesame.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A server's public API for one caller. Follows no redirection, so that a key goes nowhere but to the address that was
/// given. Threads may share it.
public final class Connection {
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY_TIMES = 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final Map<String, String> caller;

    private Connection(URI base, Map<String, String> caller) {
        this.base = base;
        this.caller = caller;
    }

    /// @param base where the server is, for instance `https://example.com/sesame`
    /// @param key one of its `sk_` keys
    static Connection withKey(URI base, String key) {
        return new Connection(base, Map.of("X-API-Key", key));
    }

    /// Signs up or in as a browser does.
    ///
    /// @param path of the endpoint that gives a session
    public static Connection withSession(URI base, String path, Map<String, String> account)
            throws ClientException, InterruptedException {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        Connection nobody = new Connection(base, Map.of("Origin", origin));
        String cookie = nobody.send("POST", path, account, Map.of())
                .headers()
                .firstValue("Set-Cookie")
                .map(value -> value.replaceFirst(";.*", ""))
                .orElseThrow(() -> ClientException.of(base + " gave no session. If it wants the address confirmed"
                        + " first, follow the link in its mail."));
        return new Connection(base, Map.of("Origin", origin, "Cookie", cookie));
    }

    URI base() {
        return base;
    }

    public JsonNode get(String path) throws ClientException, InterruptedException {
        return json(send("GET", path, null, Map.of()));
    }

    public String text(String path) throws ClientException, InterruptedException {
        return send("GET", path, null, Map.of()).body();
    }

    JsonNode post(String path) throws ClientException, InterruptedException {
        return json(send("POST", path, null, Map.of()));
    }

    public JsonNode post(String path, Map<String, ?> body) throws ClientException, InterruptedException {
        return json(send("POST", path, body, Map.of()));
    }

    /// Posts what the server takes once under a key: sent again where the answer got lost.
    JsonNode postOnce(String path, Map<String, ?> body) throws ClientException, InterruptedException {
        Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        boolean reached = false;
        for (int i = 1; ; i++) {
            try {
                return json(send("POST", path, body, once));
            } catch (ClientException e) {
                // Where nobody listens at the first try, nobody will: a wrong address, a server that was not started.
                reached |= !(e.getCause() instanceof ConnectException);
                if (!e.passing() || !reached || i == MANY_TIMES) {
                    throw e;
                }
                Thread.sleep(Pause.before(i, e.retryAfter()));
            }
        }
    }

    void delete(String path) throws ClientException, InterruptedException {
        send("DELETE", path, null, Map.of());
    }

    /// Opens a stream of events; 200 or 204. Whoever gets it closes its body.
    ///
    /// @param after the last event that is there already, -1 for none
    HttpResponse<InputStream> stream(String path, long after) throws ClientException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (after >= 0) {
            request.header("Last-Event-ID", Long.toString(after));
        }
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200 && answer.statusCode() != 204) {
                try (InputStream body = answer.body()) {
                    throw refusal(answer, new String(body.readNBytes(65_536), StandardCharsets.UTF_8));
                }
            }
            return answer;
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    ClientException noAnswer(IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        ClientException failure = ClientException.noAnswer(
                cause instanceof ConnectException
                        ? "Nothing answers at " + base + ". Is the server running, and is that its address?"
                        : "No answer from " + base + ": " + why);
        failure.initCause(cause);
        return failure;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("User-Agent", "sesame-cli");
        caller.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable Map<String, ?> body, Map<String, String> headers)
            throws ClientException, InterruptedException {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            String json = JSON.valueToTree(body).toString();
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw refusal(answer, answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private JsonNode json(HttpResponse<String> answer) throws ClientException {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw ClientException.of("What answers at " + base + " is not Sesame: no JSON came from "
                    + answer.request().uri().getPath() + ".");
        }
    }

    private ClientException refusal(HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        Duration retryAfter = answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
        return ClientException.refused(detail(answer, body), status, retryAfter);
    }

    private String detail(HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        String said = "";
        try {
            said = body.startsWith("{") ? JSON.readTree(body).path("detail").asText() : "";
        } catch (JsonProcessingException e) {
            // Not the server's, for instance a proxy's.
        }
        String where = answer.headers()
                .firstValue("Location")
                .map(place -> " and points to " + place)
                .orElse("");
        String answered = base + " answers " + status + where;
        return (said.isEmpty() ? answered + "." : said + ". (" + answered + ".)")
                + (status == 401 ? " Run sesame login, or set SESAME_API_KEY." : "");
    }
}
