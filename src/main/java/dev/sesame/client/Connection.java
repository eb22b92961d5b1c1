package dev.sesame.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sesame.client.ClientException.Again;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A server's public API for one caller. Follows no redirection, so that a key goes nowhere but to the address that was
/// given. What does no harm when it is done twice is tried again for [Patience#USUAL] while the server is away; where
/// nothing ever answered that is said at once. Threads may share it.
public final class Connection {
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// For a whole answer, a large diff too.
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;
    private final Map<String, String> caller;
    private final Consumer<String> notes;
    /// Whether anything answered so far: from then on a server that is not there is one that comes back.
    private volatile boolean answered;

    private Connection(URI base, Map<String, String> caller, Consumer<String> notes) {
        this.base = base;
        this.caller = caller;
        this.notes = notes;
    }

    /// @param base where the server is, for instance `https://example.com/sesame`
    /// @param key one of its `sk_` keys
    /// @param notes is told when it has to wait for the server
    static Connection withKey(URI base, String key, Consumer<String> notes) {
        return new Connection(base, Map.of("X-API-Key", key), notes);
    }

    /// Signs up or in as a browser does.
    ///
    /// @param path of the endpoint that gives a session
    public static Connection withSession(URI base, String path, Map<String, String> account)
            throws ClientException, InterruptedException {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        Connection nobody = new Connection(base, Map.of("Origin", origin), note -> {});
        String cookie = nobody.send("POST", path, account, Map.of(), BodyHandlers.ofString())
                .headers()
                .firstValue("Set-Cookie")
                .map(value -> value.replaceFirst(";.*", ""))
                .orElseThrow(() -> ClientException.of(base + " gave no session. If it wants the address confirmed"
                        + " first, follow the link in its mail."));
        return new Connection(base, Map.of("Origin", origin, "Cookie", cookie), note -> {});
    }

    URI base() {
        return base;
    }

    public JsonNode get(String path) throws ClientException, InterruptedException {
        return json(
                path, patiently(Again.IF_HARMLESS, () -> send("GET", path, null, Map.of(), BodyHandlers.ofString())));
    }

    public byte[] bytes(String path) throws ClientException, InterruptedException {
        return patiently(Again.IF_HARMLESS, () -> send("GET", path, null, Map.of(), BodyHandlers.ofByteArray()))
                .body();
    }

    JsonNode post(String path) throws ClientException, InterruptedException {
        return json(path, patiently(Again.ALWAYS, () -> send("POST", path, null, Map.of(), BodyHandlers.ofString())));
    }

    public JsonNode post(String path, Map<String, ?> body) throws ClientException, InterruptedException {
        return json(path, patiently(Again.ALWAYS, () -> send("POST", path, body, Map.of(), BodyHandlers.ofString())));
    }

    /// Posts what the server does once under this key, however often it is sent.
    JsonNode postOnce(String path, Map<String, ?> body, String key) throws ClientException, InterruptedException {
        Map<String, String> once = Map.of("Idempotency-Key", key);
        return json(path, patiently(Again.IF_HARMLESS, () -> send("POST", path, body, once, BodyHandlers.ofString())));
    }

    void delete(String path) throws ClientException, InterruptedException {
        patiently(Again.ALWAYS, () -> send("DELETE", path, null, Map.of(), BodyHandlers.ofString()));
    }

    /// Opens a stream of events, once; 200 or 204. Whoever gets it closes its body.
    ///
    /// @param after the last event that is there already, -1 for none
    HttpResponse<InputStream> stream(String path, long after) throws ClientException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
        if (after >= 0) {
            request.header("Last-Event-ID", Long.toString(after));
        }
        HttpResponse<InputStream> answer = exchange(request.build(), BodyHandlers.ofInputStream());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.statusCode() == 204 || (answer.statusCode() == 200 && type.startsWith("text/event-stream"))) {
            return answer;
        }
        try (InputStream body = answer.body()) {
            throw answer.statusCode() == 200
                    ? notSesame(path)
                    : refusal(answer, new String(body.readNBytes(65_536), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private interface Call<T> {
        T make() throws ClientException, InterruptedException;
    }

    /// @param least how harmless a failed request must have been to be made again
    private <T> T patiently(Again least, Call<T> call) throws ClientException, InterruptedException {
        Patience patience = new Patience(Patience.USUAL, notes);
        while (true) {
            try {
                return call.make();
            } catch (ClientException e) {
                if (e.again().compareTo(least) < 0) {
                    throw e;
                }
                patience.failed(e);
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).header("User-Agent", "sesame-cli");
        caller.forEach(request::header);
        return request;
    }

    private <T> HttpResponse<T> send(
            String method, String path, @Nullable Map<String, ?> body, Map<String, String> headers, BodyHandler<T> as)
            throws ClientException, InterruptedException {
        HttpRequest.Builder request = request(path);
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            String json = JSON.valueToTree(body).toString();
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
        }
        HttpResponse<T> answer = exchange(request.build(), as);
        if (answer.statusCode() / 100 != 2) {
            Object said = answer.body();
            throw refusal(
                    answer, said instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : said.toString());
        }
        return answer;
    }

    /// The request's own time limit would cut streams: since JDK 26 it counts until the body's end.
    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> as)
            throws ClientException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, as);
        try {
            HttpResponse<T> response = answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            answered = true;
            return response;
        } catch (ExecutionException e) {
            throw noAnswer(e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause()));
        } catch (TimeoutException e) {
            throw noAnswer(new IOException("there was none within " + ANSWER.toSeconds() + " s"));
        } finally {
            answer.cancel(true);
        }
    }

    ClientException noAnswer(IOException cause) {
        boolean nobody = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        Again again =
                nobody || cause instanceof SSLException ? answered ? Again.ALWAYS : Again.NEVER : Again.IF_HARMLESS;
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        ClientException failure = ClientException.of(
                !nobody
                        ? "No answer from " + base + ": " + why + "."
                        : answered
                                ? "Nothing answers at " + base + " at the moment."
                                : "Nothing answers at " + base + ". Is the server running, and is that its address?",
                again,
                Duration.ZERO);
        failure.initCause(cause);
        return failure;
    }

    private JsonNode json(String path, HttpResponse<String> answer) throws ClientException {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw notSesame(path);
        }
    }

    private ClientException notSesame(String path) {
        return ClientException.of("What answers at " + base + " is not Sesame: it gives something else for "
                + path.replaceFirst("\\?.*", "") + ". Is the address right, and does a proxy want a login?");
    }

    private ClientException refusal(HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        Duration retryAfter = answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
        Again again = status == 429 ? Again.ALWAYS : status >= 500 ? Again.IF_HARMLESS : Again.NEVER;
        return ClientException.of(detail(answer, body), again, retryAfter);
    }

    private String detail(HttpResponse<?> answer, String body) {
        String said = "";
        try {
            said = body.startsWith("{") ? JSON.readTree(body).path("detail").asText("") : "";
        } catch (JsonProcessingException e) {
            // Not the server's, for instance a proxy's.
        }
        String where = answer.headers()
                .firstValue("Location")
                .map(place -> " and points to " + place)
                .orElse("");
        String answers = base + " answers " + answer.statusCode() + where;
        boolean badKey = answer.statusCode() == 401 && caller.containsKey("X-API-Key");
        return (said.isEmpty() ? answers + "." : said + ". (" + answers + ".)")
                + (badKey ? " Run sesame login, or set SESAME_API_KEY." : "");
    }
}
