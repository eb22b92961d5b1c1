package dev.sesame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a stream of server-sent events as a browser does. To resume, open another with [#lastEventId].
public final class SseReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param id null where the server sent none
    /// @param event the type; `message` where the server sent none
    public record Event(@Nullable String id, String event, String data) {
        static final Event END = new Event(null, "(end)", "");

        public JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + data, e);
            }
        }
    }

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable Long deadline;
    private @Nullable String lastEventId;
    private boolean over;

    private SseReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.startVirtualThread(this::read);
    }

    static SseReader open(HttpClient http, HttpRequest request) {
        try {
            return new SseReader(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// The id to resume after: that of the last event which [#next] returned, or null.
    public @Nullable String lastEventId() {
        return lastEventId;
    }

    /// The next event; null once the stream has ended, however it did.
    public @Nullable Event next() {
        if (over) {
            return null;
        }
        Event event = poll(patience());
        if (event == null) {
            throw new AssertionError("the event waited for did not come in time");
        }
        if (event.id() != null) {
            lastEventId = event.id();
        }
        over = event.equals(Event.END);
        if (over) {
            return null;
        }
        return event.data().isEmpty() ? next() : event; // an id alone is no event
    }

    /// As [#next], without pings.
    public @Nullable Event nextButPings() {
        Event event = next();
        while (event != null && event.event().equals("ping")) {
            event = next();
        }
        return event;
    }

    /// All events but pings up to the first that fits, or to the end of the stream.
    public List<Event> until(Predicate<Event> fits) {
        List<Event> all = new ArrayList<>();
        for (Event event = nextButPings(); event != null; event = nextButPings()) {
            all.add(event);
            if (fits.test(event)) {
                break;
            }
        }
        return all;
    }

    /// All events but pings to the end of the stream.
    public List<Event> rest() {
        return until(event -> false);
    }

    /// From now on all that is waited for must come within this time altogether. Without, only each event must come
    /// within a minute; pings do.
    public SseReader within(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        return this;
    }

    private Duration patience() {
        Long end = deadline;
        if (end == null) {
            return PATIENCE;
        }
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Event poll(Duration atMost) {
        try {
            return events.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Frame frame = new Frame();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    dispatch(frame);
                    frame = new Frame();
                } else {
                    frame.add(line);
                }
            }
        } catch (IOException e) {
            // cut off, by us or by the server: the end either way
        }
        events.add(Event.END);
    }

    private void dispatch(Frame frame) {
        if (!frame.data.isEmpty() || frame.id != null) {
            events.add(new Event(frame.id, frame.event, String.join("\n", frame.data)));
        }
    }

    private static final class Frame {
        private @Nullable String id;
        private String event = "message";
        private final List<String> data = new ArrayList<>();

        void add(String line) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).replaceFirst("^ ", "");
            switch (line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.add(value);
                default -> {
                    // comments and what we don't know
                }
            }
        }
    }
}
