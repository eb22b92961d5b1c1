package dev.sesame.event;

import static dev.sesame.db.generated.Tables.EVENT;
import static dev.sesame.db.generated.Tables.FACT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What [EventLog] promises to its writers, on whatever database.
abstract class EventLogContract extends EventLogFixture {
    @Test
    void eventsAreNumberedFromZeroAndReadBackAsTheyWereReturned() {
        long epoch = newTask(TASK);
        List<UniversalEvent> first = append(TASK, epoch, new Status("processing", 0, null), log("a"));
        List<UniversalEvent> second = append(TASK, epoch, log("b"));

        assertThat(first).extracting(UniversalEvent::seq).containsExactly(0L, 1L);
        assertThat(second).extracting(UniversalEvent::seq).containsExactly(2L);
        List<UniversalEvent> all = new ArrayList<>(first);
        all.addAll(second);
        assertThat(log.page(TASK, -1, 100)).isEqualTo(all);
        assertThat(log.page(TASK, 0, 1)).isEqualTo(all.subList(1, 2));
        assertThat(log.nextSeq(TASK)).isEqualTo(3);
        assertThat(log.nextSeq("task_unknown")).isZero();

        restart();
        assertThat(log.page(TASK, -1, 100)).isEqualTo(all);
        assertThat(append(TASK, epoch, log("c")).getFirst().seq()).isEqualTo(3);
    }

    @Test
    void nothingComesAfterDoneUnderItsEpoch() {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("last words"), new Done("failed"));

        assertThatThrownBy(() -> append(TASK, epoch, log("late"))).isInstanceOf(LostOwnership.class);
        assertThat(append(TASK, take(TASK), log("next attempt")).getFirst().seq())
                .isEqualTo(2);
    }

    @Test
    void whoLostTheTaskCanNotAppend() {
        long old = newTask(TASK);
        append(TASK, old, log("mine"));
        long present = take(TASK);
        assertThat(present).isGreaterThan(old);

        assertThatThrownBy(() -> append(TASK, old, log("late"))).isInstanceOf(LostOwnership.class);
        assertThatThrownBy(() -> append(TASK, old)).isInstanceOf(LostOwnership.class);
        append(TASK, present, log("theirs"));
        assertThatThrownBy(() -> append(TASK, old, log("late"))).isInstanceOf(LostOwnership.class);
        assertThatThrownBy(() -> append("task_unknown", 1, log("x"))).isInstanceOf(LostOwnership.class);

        assertThat(texts(TASK)).containsExactly("mine", "theirs");
    }

    @Test
    void whatIsStoredAlongIsStoredOrUndoneWithTheEvents() {
        long epoch = newTask(TASK);
        log.append(
                TASK,
                epoch,
                List.of(log("a")),
                Redactor.NONE,
                (tx, stored) -> tx.insertInto(FACT, FACT.NAME, FACT.CONTENT)
                        .values("position", Long.toString(stored.getLast().seq()))
                        .execute());
        assertThatThrownBy(() -> log.append(TASK, epoch, List.of(log("b")), Redactor.NONE, (tx, stored) -> {
                    tx.deleteFrom(FACT).execute();
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        log.append(
                TASK,
                epoch,
                List.of(),
                Redactor.NONE,
                (tx, stored) -> assertThat(stored).isEmpty());

        assertThat(texts(TASK)).containsExactly("a");
        int facts = database.read(tx -> tx.fetchCount(FACT));
        assertThat(facts).isEqualTo(1);
        assertThat(append(TASK, epoch, log("c")).getFirst().seq()).isEqualTo(1);
    }

    @Test
    void fiftyAppendersShareTheDatabaseAndEachLogHasNoGap() throws Exception {
        int tasks = 50;
        int appends = 20;
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < tasks; t++) {
                String task = "task_" + t;
                long epoch = newTask(task);
                // Each third also has an appender whose works fail.
                boolean bad = t % 3 == 0;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < appends; i++) {
                        append(task, epoch, log("x" + i), log("y" + i));
                    }
                }));
                if (bad) {
                    running.add(threads.submit(() -> {
                        for (int i = 0; i < appends; i++) {
                            assertThatThrownBy(() -> log.append(
                                            task,
                                            epoch,
                                            List.of(log("bad")),
                                            Redactor.NONE,
                                            (tx, stored) -> tx.execute("no SQL")))
                                    .isInstanceOf(org.jooq.exception.DataAccessException.class);
                        }
                    }));
                }
            }
        }
        for (Future<?> future : running) {
            future.get();
        }
        for (int t = 0; t < tasks; t++) {
            List<UniversalEvent> events = log.page("task_" + t, -1, 1000);
            assertThat(events)
                    .extracting(UniversalEvent::seq)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 2L * appends).boxed().toList());
            for (int i = 0; i < 2 * appends; i++) {
                assertThat(events.get(i).body()).isEqualTo(log((i % 2 == 0 ? "x" : "y") + i / 2));
            }
        }
    }

    @Test
    void anyTextCanBeStored() {
        long epoch = newTask(TASK);
        String odd = "NUL \u0000, lone \uD83D and \uDE00, pair 😀, \u001b[31m\r\n";
        append(TASK, epoch, log(odd), new Message("m\u0000", odd, true));
        String expected = "NUL \u0000, lone \uFFFD and \uFFFD, pair 😀, \u001b[31m\r\n";
        assertThat(log.page(TASK, -1, 10))
                .extracting(UniversalEvent::body)
                .containsExactly(log(expected), new Message("m\u0000", expected, true));
        assertThat(new TestReader(log, TASK, -1, FullText.EACH).readAll())
                .last()
                .extracting(frame -> frame.path("fullText").asText())
                .isEqualTo(expected);
    }

    @Test
    void secretsAreRedactedInEveryText() {
        long epoch = newTask(TASK);
        Redactor redactor = new SecretRedactor(List.of("hunter2hunter2", "1234567890"));
        var input = JsonNodeFactory.instance.objectNode();
        input.put("hunter2hunter2", "x").putArray("a").add("hunter2hunter2").add(1234567890L);
        ToolCall call = new ToolCall("c", "T", input, ToolState.RUNNING, "hunter2hunter2", null, null, null);
        log.append(
                TASK,
                epoch,
                List.of(
                        log("is hunter2hunter2"),
                        new ToolUse(call),
                        new ToolResult("c", "T", "hunter2hunter2", true, 1, false, call),
                        new EventBody.Failure("code", "hunter2hunter2", false),
                        new EventBody.PermissionRequest("r", null, "T", input, "hunter2hunter2", null),
                        new EventBody.Thinking("m", "hunter2hunter2")),
                redactor,
                NOTHING);
        List<String> bodies = database.read(
                tx -> tx.select(EVENT.BODY).from(EVENT).orderBy(EVENT.SEQ).fetch(EVENT.BODY));
        assertThat(bodies)
                .hasSize(6)
                .allMatch(body -> body.contains("[redacted]"))
                .noneMatch(body -> body.contains("hunter2") || body.contains("1234567890"));
        assertThat(bodies.get(1)).contains("\"input\":{\"[redacted]\":\"x\",\"a\":[\"[redacted]\",\"[redacted]\"]}");
    }

    @Test
    void outputAbove64KiBIsCutInTheMiddleOnACodePoint() {
        long epoch = newTask(TASK);
        String fits = "é".repeat(32 << 10);
        String tooLong = "begin" + "😀".repeat(20_000) + "漢".repeat(3) + "end";
        ToolCall call = call("c", ToolState.COMPLETED);
        append(
                TASK,
                epoch,
                new ToolResult("c", "T", fits, false, 0, false, call),
                new ToolResult("d", "T", tooLong, false, 0, false, call),
                log(tooLong));
        List<UniversalEvent> events = log.page(TASK, -1, 10);
        ToolResult whole = (ToolResult) events.get(0).body();
        ToolResult cut = (ToolResult) events.get(1).body();
        assertThat(whole.output()).isEqualTo(fits);
        assertThat(whole.truncated()).isFalse();
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.output()).startsWith("begin😀").endsWith("漢漢漢end").doesNotContain("\uFFFD");
        assertThat(cut.output().getBytes(StandardCharsets.UTF_8).length).isBetween((64 << 10) - 8, 64 << 10);
        assertThat(((Log) events.get(2).body()).logMessage()).isEqualTo(cut.output());
    }

    @Test
    void timesNeverGoBackEvenIfTheClockDoes() {
        long epoch = newTask(TASK);
        Instant start = clock.instant();
        append(TASK, epoch, log("a"));
        clock.advance(-3_600_000);
        append(TASK, epoch, log("b"));
        restart();
        append(TASK, epoch, log("c"));
        clock.advance(3_600_005);
        append(TASK, epoch, log("d"));
        assertThat(log.page(TASK, -1, 10))
                .extracting(UniversalEvent::timestamp)
                .containsExactly(start, start, start, start.plusMillis(5));
    }

    @Test
    void allEventsOfAToolCallHaveItsTimesAlsoAfterARestart() {
        long epoch = newTask(TASK);
        Instant start = clock.instant();
        append(TASK, epoch, new ToolUse(call("c", ToolState.PENDING)));
        clock.advance(10);
        append(TASK, epoch, new ToolUse(call("c", ToolState.RUNNING)));
        restart();
        clock.advance(10);
        append(TASK, epoch, new ToolUse(call("c", ToolState.RUNNING)));
        clock.advance(10);
        append(TASK, epoch, new ToolUse(call("c", ToolState.COMPLETED)));
        restart();
        clock.advance(10);
        ToolResult result = new ToolResult("c", "T", "out", false, 0, false, call("c", ToolState.COMPLETED));
        List<UniversalEvent> last = append(TASK, epoch, result, new ToolUse(call("d", ToolState.FAILED)));

        ToolCall finished = ((ToolResult) last.get(0).body()).toolCall();
        assertThat(finished.createdAt()).isEqualTo(start);
        assertThat(finished.startedAt()).isEqualTo(start.plusMillis(10));
        assertThat(finished.completedAt()).isEqualTo(start.plusMillis(30));
        ToolCall refused = ((ToolUse) last.get(1).body()).toolCall();
        assertThat(refused.createdAt()).isEqualTo(start.plusMillis(40));
        assertThat(refused.startedAt()).isNull();
        assertThat(refused.completedAt()).isEqualTo(start.plusMillis(40));
        assertThat(log.page(TASK, -1, 10))
                .extracting(UniversalEvent::body)
                .filteredOn(body -> body instanceof ToolUse)
                .extracting(body -> ((ToolUse) body).toolCall())
                .filteredOn(call -> call.callId().equals("c"))
                .allMatch(call -> start.equals(call.createdAt()));
    }

    @Test
    void theEndOfAnAttemptClosesItsOpenToolCalls() {
        long epoch = newTask(TASK);
        append(
                TASK,
                epoch,
                new ToolUse(call("a", ToolState.RUNNING)),
                new ToolUse(call("b", ToolState.PENDING)),
                new ToolUse(call("c", ToolState.RUNNING)),
                new ToolUse(call("c", ToolState.COMPLETED)));
        restart();
        clock.advance(7);
        List<UniversalEvent> end = append(TASK, epoch, log("over"), new Done("failed"));

        assertThat(end).hasSize(4);
        assertThat(end.subList(1, 3))
                .extracting(event -> ((ToolUse) event.body()).toolCall())
                .allMatch(call ->
                        call.state() == ToolState.FAILED && clock.instant().equals(call.completedAt()))
                .extracting(ToolCall::callId)
                .containsExactly("a", "b");
        assertThat(end.getLast().body()).isEqualTo(new Done("failed"));

        // The next attempt knows nothing of them.
        long next = take(TASK);
        assertThat(append(TASK, next, new Done("completed"))).hasSize(1);
    }

    @Test
    void aMessageEventKnowsWhereItsMessageBegan() {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("0"), text("m", "1"), text("n", "2"), text("m", "3"));
        restart();
        append(TASK, epoch, text("m", "4"), new Message("n", "5", true), text("n", "6"), text("m", "7"));
        append(TASK, epoch, text("m", "8"), new Done("failed"));
        append(TASK, take(TASK), text("m", "10"));
        assertThat(log.page(TASK, -1, 100))
                .extracting(UniversalEvent::messageStart)
                .containsExactly(0L, 1L, 2L, 1L, 1L, 2L, 6L, 1L, 1L, 9L, 10L);
    }

    @Test
    void completedMessagesAreGivenWithTheirWholeTextOverAllAttempts() {
        long epoch = newTask(TASK);
        append(TASK, epoch, text("m", "He said \""), text("n", "x"), log("1"), text("m", "\u0000漢\"."));
        append(TASK, epoch, new Message("m", "", true), new Message("o", "whole", true), new Done("failed"));
        append(TASK, take(TASK), text("n", "never ended"), new Message("m", "again", true));
        assertThat(log.messages(TASK))
                .containsExactly(
                        new EventLog.CompletedMessage(4, clock.instant(), "He said \"\u0000漢\"."),
                        new EventLog.CompletedMessage(5, clock.instant(), "whole"),
                        new EventLog.CompletedMessage(8, clock.instant(), "again"));
    }

    @Test
    void aDeletedLogIsGoneInPieces() {
        long epoch = newTask(TASK);
        for (int i = 0; i < 5; i++) {
            append(TASK, epoch, log("a"), log("b"));
        }
        List<Integer> pieces = new ArrayList<>();
        do {
            pieces.add(database.write(tx -> log.delete(tx, TASK, 4)));
        } while (pieces.getLast() > 0);
        assertThat(pieces).containsExactly(4, 4, 2, 0);
        assertThat(log.page(TASK, -1, 10)).isEmpty();
    }
}
