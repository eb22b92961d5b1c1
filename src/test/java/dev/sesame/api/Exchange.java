package dev.sesame.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.HttpUser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Sends a request and compares the answer with the document.
final class Exchange {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i)/(\\.|%2e){1,2}(?=[/?]|$)");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Exchange() {}

    /// @param fault what is wrong with the answer
    record Result(int status, Optional<String> fault) {}

    static Result of(HttpUser caller, RandomRequests.Request request) {
        try {
            return result(caller, request);
        } catch (IOException e) {
            return new Result(0, Optional.of(request + ": " + e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Result result(HttpUser caller, RandomRequests.Request request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(built(caller, request), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            String type = response.headers().firstValue("content-type").orElse("");
            // A stream goes on; what it says is another test's.
            String text = status == 200 && request.operation().streams() ? "" : read(body);
            Optional<String> fault = fault(request, status, type.replaceAll(";.*", ""), text)
                    .map(what -> what + "\n    " + request + "\n    " + status + " " + type + " " + text);
            return new Result(status, fault);
        }
    }

    /// The request's deadline is over once the headers are here.
    private static String read(InputStream body) throws IOException, InterruptedException {
        var reading = new FutureTask<>(() -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
        Thread.startVirtualThread(reading);
        try {
            return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the body does not end", e);
        } catch (ExecutionException e) {
            throw new IOException("the body breaks off: " + e.getCause(), e);
        }
    }

    private static HttpRequest built(HttpUser caller, RandomRequests.Request request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(caller.headers());
        headers.putAll(request.headers());
        byte[] body = request.body();
        var builder = HttpRequest.newBuilder(URI.create(caller.base() + request.target()))
                .timeout(PATIENCE)
                .method(request.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(builder::header);
        return builder.build();
    }

    private static Optional<String> fault(RandomRequests.Request request, int status, String type, String text) {
        if (status == 500) {
            return Optional.of("an error of the server");
        }
        if ((status == 404 || status == 405)
                && DOT_SEGMENT.matcher(request.target()).find()) {
            return Optional.empty(); // which leads to another address, by RFC 3986, 5.2.4
        }
        if (status < 400 && !request.fits()) {
            return Optional.of("a body was taken that the document refuses");
        }
        JsonNode response =
                Operation.resolved(request.operation().json().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return Optional.of("the document has no such status");
        }
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            return text.isEmpty() ? Optional.empty() : Optional.of("the document has no body here");
        }
        if (!content.has(type)) {
            return Optional.of("the document has no such type");
        }
        return type.endsWith("json") ? shape(content.path(type).path("schema"), text) : Optional.empty();
    }

    private static Optional<String> shape(JsonNode schema, String text) {
        try {
            Set<String> faults = Shapes.faults(schema, JSON.readTree(text));
            return faults.isEmpty() ? Optional.empty() : Optional.of(faults.toString());
        } catch (JsonProcessingException e) {
            return Optional.of("no JSON");
        }
    }
}
