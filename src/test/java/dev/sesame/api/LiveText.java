package dev.sesame.api;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// The body of an answer that goes on, letter by letter as it is sent. Waits for as long as the test may last.
final class LiveText implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<?> response;
    private final Reader reader;
    private final StringBuilder text = new StringBuilder();

    private LiveText(HttpResponse<?> response, Reader reader) {
        this.response = response;
        this.reader = reader;
    }

    static LiveText of(HttpUser user, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(user.base() + path));
        user.headers().forEach(request::header);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            return new LiveText(response, new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void await(String part) {
        while (text.indexOf(part) < 0) {
            if (!more()) {
                throw new AssertionError("ended without " + part + ": " + text);
            }
        }
    }

    /// The whole, once it has ended.
    Answer whole() {
        while (more()) {
            // to the end
        }
        return new Answer(response.statusCode(), response.headers(), text.toString());
    }

    private boolean more() {
        try {
            int next = reader.read();
            if (next >= 0) {
                text.append((char) next);
            }
            return next >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
