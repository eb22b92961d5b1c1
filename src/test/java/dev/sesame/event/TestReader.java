package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client of the stream: follows a cursor, takes the frames apart and makes sure that they come without a gap.
final class TestReader implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern FRAME = Pattern.compile("id: (\\d+)\nevent: event\ndata: (\\{[^\n]*})\n\n");

    private final EventCursor cursor;
    private final Semaphore growth = new Semaphore(0);
    private long last;
    private boolean afterDone;

    TestReader(EventLog log, String task, long after, FullText mode) {
        last = after;
        cursor = log.cursor(task, after, mode);
        cursor.onGrowth(growth::release);
    }

    /// What is there now.
    List<JsonNode> readAll() {
        List<JsonNode> events = new ArrayList<>();
        for (List<byte[]> frames = more(); !frames.isEmpty(); frames = more()) {
            frames.forEach(frame -> events.add(parse(frame)));
        }
        return events;
    }

    /// Waits for the next ones.
    List<JsonNode> follow() throws InterruptedException {
        List<JsonNode> events = readAll();
        while (events.isEmpty()) {
            assertThat(growth.tryAcquire(20, TimeUnit.SECONDS)).as("woken").isTrue();
            events = readAll();
        }
        return events;
    }

    boolean afterDone() {
        return afterDone;
    }

    EventCursor cursor() {
        return cursor;
    }

    long last() {
        return last;
    }

    private List<byte[]> more() {
        EventCursor.Batch batch = cursor.next(4_000);
        while (batch.frames().isEmpty() && batch.inDatabase()) {
            batch = cursor.next(4_000);
        }
        if (!batch.frames().isEmpty()) {
            afterDone = batch.done();
        }
        return batch.frames();
    }

    JsonNode parse(byte[] frame) {
        Matcher parts = FRAME.matcher(new String(frame, StandardCharsets.UTF_8));
        assertThat(parts.matches()).as("a frame").isTrue();
        try {
            JsonNode event = MAPPER.readTree(parts.group(2));
            assertThat(event.path("seq").asLong()).isEqualTo(Long.parseLong(parts.group(1)));
            assertThat(event.path("seq").asLong()).isEqualTo(last + 1);
            last++;
            return event;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
