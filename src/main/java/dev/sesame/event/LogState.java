package dev.sesame.event;

import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where a log stands: the last time in it, the tool calls and messages that are open. Kept by the one who appends, and
/// found again from the stored events of the current attempt. For one thread.
final class LogState {

    private final Map<String, ToolCall> openCalls;
    private final Map<String, Long> openMessages;
    private Instant lastTime;

    private LogState(Map<String, ToolCall> openCalls, Map<String, Long> openMessages, Instant lastTime) {
        this.openCalls = new LinkedHashMap<>(openCalls);
        this.openMessages = new LinkedHashMap<>(openMessages);
        this.lastTime = lastTime;
    }

    static LogState of(DSLContext tx, String taskId) {
        LogState state = new LogState(Map.of(), Map.of(), Instant.EPOCH);
        OptionalLong done = EventTable.lastDone(tx, taskId);
        long from = done.isPresent() ? done.getAsLong() + 1 : 0;
        for (StoredEvent stored : EventTable.landmarks(tx, taskId, from, Long.MAX_VALUE)) {
            state.note(stored.event());
        }
        for (StoredEvent last : EventTable.last(tx, taskId)) {
            state.lastTime = Instant.ofEpochMilli(last.createdAt());
        }
        return state;
    }

    LogState copy() {
        return new LogState(openCalls, openMessages, lastTime);
    }

    /// The next time in the log: now, but never before what is there.
    Instant tick(Instant now) {
        Instant millis = Instant.ofEpochMilli(now.toEpochMilli());
        lastTime = millis.isBefore(lastTime) ? lastTime : millis;
        return lastTime;
    }

    /// What must be added before the end of an attempt: every call that is open is closed as failed.
    List<EventBody> closing() {
        List<EventBody> closing = new ArrayList<>();
        for (ToolCall call : openCalls.values()) {
            closing.add(new ToolUse(inState(call, ToolState.FAILED)));
        }
        return closing;
    }

    /// The body with the times that belong in it, as the event with this number.
    UniversalEvent place(long seq, Instant time, EventBody body) {
        EventBody timed = switch (body) {
            case ToolUse u -> new ToolUse(timed(u.toolCall(), time));
            case ToolResult r ->
                new ToolResult(
                        r.callId(),
                        r.name(),
                        r.output(),
                        r.isError(),
                        r.exitCode(),
                        r.truncated(),
                        timed(r.toolCall(), time));
            default -> body;
        };
        long start = body instanceof Message m ? openMessages.getOrDefault(m.messageId(), seq) : seq;
        UniversalEvent event = new UniversalEvent(seq, time, timed, start);
        note(event);
        return event;
    }

    private void note(UniversalEvent event) {
        switch (event.body()) {
            case Message m -> {
                if (m.last()) {
                    openMessages.remove(m.messageId());
                } else {
                    openMessages.putIfAbsent(m.messageId(), event.messageStart());
                }
            }
            case ToolUse u -> note(u.toolCall());
            case ToolResult r -> note(r.toolCall());
            case Done _ -> {
                openCalls.clear();
                openMessages.clear();
            }
            default -> {}
        }
    }

    private void note(ToolCall call) {
        if (ended(call.state())) {
            openCalls.remove(call.callId());
        } else {
            openCalls.put(call.callId(), call);
        }
    }

    private ToolCall timed(ToolCall call, Instant time) {
        ToolCall before = openCalls.get(call.callId());
        boolean runs = call.state() != ToolState.PENDING;
        Instant created = before == null || before.createdAt() == null ? time : before.createdAt();
        Instant started = before == null || before.startedAt() == null ? (runs ? time : null) : before.startedAt();
        Instant completed = ended(call.state()) ? time : null;
        return with(call, call.state(), created, started, completed);
    }

    private static ToolCall inState(ToolCall call, ToolState state) {
        return with(call, state, call.createdAt(), call.startedAt(), call.completedAt());
    }

    private static ToolCall with(
            ToolCall call,
            ToolState state,
            @Nullable Instant created,
            @Nullable Instant started,
            @Nullable Instant completed) {
        return new ToolCall(
                call.callId(), call.name(), call.input(), state, call.description(), created, started, completed);
    }

    private static boolean ended(ToolState state) {
        return state == ToolState.COMPLETED || state == ToolState.FAILED;
    }
}
