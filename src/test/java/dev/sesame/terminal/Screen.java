package dev.sesame.terminal;

import dev.sesame.HttpUser;
import dev.sesame.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A viewer of a task's terminal: keeps every byte and goes on after the last.
final class Screen implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpUser user;
    private final String path;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private SseReader stream;
    private @Nullable String lastEventId;
    private String state = "";

    Screen(HttpUser user, String taskId) {
        this.user = user;
        this.path = "/api/tasks/" + taskId + "/terminal/stream";
        stream = user.stream(path, null);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    String state() {
        return state;
    }

    /// Reads on until the text is there, reconnecting where the stream breaks off.
    String until(String part) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!text().contains(part)) {
            if (System.nanoTime() > end || !read()) {
                throw new AssertionError("The stream went on or ended without " + part + ":\n" + text());
            }
        }
        return text();
    }

    void untilState(String wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.contains(wanted)) {
            if (System.nanoTime() > end || !read()) {
                throw new AssertionError("The stream went on or ended in state " + state);
            }
        }
    }

    /// To the end of the stream.
    String rest() {
        while (read()) {}
        return text();
    }

    void reconnect() {
        stream.close();
        stream = user.stream(path, lastEventId);
    }

    private boolean read() {
        SseReader.Event event = stream.next();
        if (event == null) {
            return false;
        }
        if (event.event().equals("ping")) {
            return true;
        }
        if (event.event().equals("state")) {
            state = event.data();
        } else {
            bytes.writeBytes(Base64.getDecoder().decode(event.data()));
            lastEventId = event.id();
            if (!String.valueOf(bytes.size()).equals(lastEventId)) {
                throw new AssertionError(lastEventId + " is not how many bytes there were: " + bytes.size());
            }
        }
        return true;
    }

    @Override
    public void close() {
        stream.close();
    }
}
