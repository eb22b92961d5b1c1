package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What [EventCursor] promises to its readers, on whatever database.
abstract class EventCursorContract extends EventLogFixture {
    @Test
    void aReaderGetsWhatIsStoredAndThenWhatComes() throws Exception {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("0"), log("1"));
        try (TestReader reader = new TestReader(log, TASK, -1, FullText.EACH)) {
            assertThat(reader.readAll()).hasSize(2);
            assertThat(reader.readAll()).isEmpty();
            append(TASK, epoch, log("2"));
            assertThat(reader.follow()).hasSize(1);
            assertThat(reader.afterDone()).isFalse();
            append(TASK, epoch, new Done("completed"));
            reader.follow();
            assertThat(reader.afterDone()).isTrue();
            append(TASK, take(TASK), log("again"));
            reader.follow();
            assertThat(reader.afterDone()).isFalse();
            assertThat(reader.last()).isEqualTo(4);
        }
    }

    @Test
    void liveEventsAreTakenFromMemory() {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("0"));
        try (TestReader reader = new TestReader(log, TASK, -1, FullText.EACH)) {
            for (int i = 0; i < 100; i++) {
                EventCursor.Batch live = reader.cursor().poll(1_000_000);
                assertThat(live.frames()).hasSize(1).allSatisfy(reader::parse);
                assertThat(live.inDatabase()).isFalse();
                assertThat(reader.cursor().poll(1_000_000)).isEqualTo(new EventCursor.Batch(List.of(), false, false));
                append(TASK, epoch, log("x"));
            }
        }
    }

    @Test
    void framesAreSharedByReaders() {
        long epoch = newTask(TASK);
        append(TASK, epoch, text("m", "a"), log("0"));
        try (EventCursor one = log.cursor(TASK, -1, FullText.LAST);
                EventCursor two = log.cursor(TASK, 0, FullText.EACH)) {
            assertThat(one.poll(1_000_000).frames().getLast())
                    .isSameAs(two.poll(1_000_000).frames().getFirst());
        }
    }

    @Test
    void aReaderIsWokenOnceUntilItLooksAgain() {
        long epoch = newTask(TASK);
        AtomicInteger calls = new AtomicInteger();
        try (EventCursor cursor = log.cursor(TASK, -1, FullText.EACH)) {
            cursor.onGrowth(calls::incrementAndGet);
            cursor.next(100_000);
            for (int i = 0; i < 10; i++) {
                append(TASK, epoch, log("x"));
            }
            assertThat(calls).hasValue(1);
            assertThat(cursor.poll(100_000).frames()).hasSize(10);
            append(TASK, epoch, log("x"));
            assertThat(calls).hasValue(2);
        }
        append(TASK, epoch, log("x"));
        assertThat(calls).as("after it was closed").hasValue(2);
    }

    @Test
    void aReaderWhoseListenerFailsHarmsNobody() {
        long epoch = newTask(TASK);
        AtomicInteger calls = new AtomicInteger();
        try (EventCursor bad = log.cursor(TASK, -1, FullText.EACH);
                EventCursor good = log.cursor(TASK, -1, FullText.EACH)) {
            bad.onGrowth(() -> {
                throw new IllegalStateException("a listener that fails");
            });
            good.onGrowth(calls::incrementAndGet);
            bad.next(1);
            good.next(1);
            append(TASK, epoch, log("x"));
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void fullTextIsTheMessageSoFarWhereverTheReaderBegins() {
        long epoch = newTask(TASK);
        append(TASK, epoch, text("m", "He said \""), text("n", "other "), text("m", "漢字\" "));
        restart();
        append(TASK, epoch, log("between"), text("m", "and "), new Message("n", "one", true));
        append(TASK, epoch, new Message("m", "left.", true), text("m", "A new one"));
        Map<Long, String> expected = new TreeMap<>(Map.of(
                0L, "He said \"",
                1L, "other ",
                2L, "He said \"漢字\" ",
                4L, "He said \"漢字\" and ",
                5L, "other one",
                6L, "He said \"漢字\" and left.",
                7L, "A new one"));
        for (long after = -1; after < 8; after++) {
            assertThat(fullTexts(after, FullText.EACH)).isEqualTo(new TreeMap<>(expected).tailMap(after + 1));
            Map<Long, String> lastOnly = new TreeMap<>(expected).tailMap(after + 1);
            lastOnly.keySet().retainAll(List.of(5L, 6L));
            assertThat(fullTexts(after, FullText.LAST)).isEqualTo(lastOnly);
        }
        // And the same when all comes from the database.
        restart();
        for (long after = -1; after < 8; after++) {
            assertThat(fullTexts(after, FullText.EACH)).isEqualTo(new TreeMap<>(expected).tailMap(after + 1));
        }
    }

    @Test
    void aReaderThatFallsBehindTheRingGetsTheRestFromTheDatabase() {
        long epoch = newTask(TASK);
        try (TestReader slow = new TestReader(log, TASK, -1, FullText.EACH)) {
            append(TASK, epoch, log("0"));
            assertThat(slow.readAll()).hasSize(1);
            for (int i = 0; i < 30; i++) {
                List<EventBody> bodies = new ArrayList<>();
                for (int n = 0; n < 100; n++) {
                    bodies.add(n % 10 == 9 ? log("log") : text("m" + i / 3, "word " + n + " "));
                }
                log.append(TASK, epoch, bodies, Redactor.NONE, NOTHING);
            }
            List<JsonNode> rest = slow.readAll();
            assertThat(rest).hasSize(3000);
            assertFullTexts(rest);
        }
    }

    @Test
    void largeEventsDoNotStayInMemory() {
        long epoch = newTask(TASK);
        var input = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.textNode("x".repeat(3 << 20));
        EventBody large = new EventBody.ToolUse(
                new EventBody.ToolCall("c", "T", input, EventBody.ToolState.RUNNING, null, null, null, null));
        try (TestReader reader = new TestReader(log, TASK, -1, FullText.EACH)) {
            append(TASK, epoch, log("0"), large, log("2"));
            assertThat(reader.readAll()).hasSize(3);
        }
    }

    @Test
    void readersThatComeAndGoAtRandomSeeEachEventOnce() throws Exception {
        long epoch = newTask(TASK);
        int events = 3_000;
        List<Future<?>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int r = 0; r < 8; r++) {
                Random random = new Random(r);
                FullText mode = r % 2 == 0 ? FullText.EACH : FullText.LAST;
                readers.add(threads.submit(() -> readWithInterruptions(random, mode)));
            }
            Random random = new Random(99);
            int left = events;
            while (left > 0) {
                List<EventBody> bodies = new ArrayList<>();
                for (int n = Math.min(left, 1 + random.nextInt(40)); n > 0; n--, left--) {
                    bodies.add(
                            random.nextInt(5) == 0
                                    ? log("line " + left)
                                    : new Message("m" + left / 200, "t" + left + " ", random.nextInt(50) == 0));
                }
                log.append(TASK, epoch, bodies, Redactor.NONE, NOTHING);
            }
            append(TASK, epoch, new Done("completed"));
        }
        for (Future<?> reader : readers) {
            assertThat(reader.get()).isEqualTo(events + 1);
        }
    }

    @Test
    void readersThatNeverReadCostNothingAndDelayNobody() {
        long epoch = newTask(TASK);
        List<EventCursor> idle = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            idle.add(log.cursor(TASK, -1, FullText.EACH));
        }
        long before = usedMemory();
        for (int i = 0; i < 40; i++) {
            append(TASK, epoch, text("m" + i, "x".repeat(60_000)), log("y".repeat(60_000)));
        }
        assertThat(usedMemory() - before).as("bytes").isLessThan(24L << 20);
        try (TestReader reader = new TestReader(log, TASK, -1, FullText.EACH)) {
            assertThat(reader.readAll()).hasSize(80);
        }
        idle.forEach(EventCursor::close);
    }

    private Integer readWithInterruptions(Random random, FullText mode) throws InterruptedException {
        List<JsonNode> seen = new ArrayList<>();
        long last = -1;
        boolean done = false;
        while (!done) {
            try (TestReader reader = new TestReader(log, TASK, last, mode)) {
                for (int turns = random.nextInt(5); turns >= 0 && !done; turns--) {
                    seen.addAll(reader.follow());
                    done = reader.afterDone();
                }
                last = reader.last();
            }
        }
        if (mode == FullText.EACH) {
            assertFullTexts(seen);
        }
        return seen.size();
    }

    private Map<Long, String> fullTexts(long after, FullText mode) {
        Map<Long, String> texts = new TreeMap<>();
        try (TestReader reader = new TestReader(log, TASK, after, mode)) {
            for (JsonNode event : reader.readAll()) {
                if (event.has("fullText")) {
                    texts.put(event.path("seq").asLong(), event.path("fullText").asText());
                }
            }
        }
        return texts;
    }

    /// Of a whole log whose messages end when another begins.
    private static void assertFullTexts(List<JsonNode> events) {
        Map<String, String> soFar = new TreeMap<>();
        for (JsonNode event : events) {
            if (event.path("kind").asText().equals("message")) {
                String id = event.path("messageId").asText();
                String full = event.path("fullText").asText();
                String delta = event.path("textDelta").asText();
                assertThat(full).isIn(soFar.getOrDefault(id, "") + delta, delta);
                soFar.put(id, full);
            }
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
