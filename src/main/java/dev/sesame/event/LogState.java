package dev.sesame.event;

import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/// What the log remembers of the attempt that is being appended to: open tool calls, begun messages, the newest
/// time. Used by one thread at a time.
///
/// Drafting changes it, so when a draft could not be stored it has to be thrown away and read anew.
final class LogState {
    private final long epoch;
    private final OpenCalls calls = new OpenCalls();
    /// Where the messages began that are not over.
    private final Map<String, Long> messageStarts = new HashMap<>();
    private long newest;

    private LogState(long epoch) {
        this.epoch = epoch;
    }

    /// Reads what was stored since the last `done`.
    ///
    /// @param also is given the events, too
    static LogState read(DSLContext tx, String taskId, long epoch, Consumer<StoredEvent> also) {
        LogState state = new LogState(epoch);
        AtomicLong done = new AtomicLong(-1);
        EventTable.newest(tx, taskId, " AND kind = 'done'", event -> {
            done.set(event.seq());
            return false;
        });
        EventTable.newest(tx, taskId, "", event -> {
            state.newest = event.createdAt();
            return false;
        });
        EventTable.scan(tx, taskId, done.get(), event -> {
            state.restore(event);
            also.accept(event);
            return true;
        });
        return state;
    }

    long epoch() {
        return epoch;
    }

    /// Takes in an event that was stored earlier.
    private void restore(StoredEvent stored) {
        if (stored.isLast()) {
            messageStarts.values().remove(stored.messageStart());
        } else if (!stored.isMessage() || stored.seq() == stored.messageStart()) {
            restore(stored.event());
        }
    }

    private void restore(UniversalEvent event) {
        switch (event.body()) {
            case ToolUse use -> calls.restore(use.toolCall());
            case ToolResult result -> calls.restore(result.toolCall());
            case Message message -> messageStarts.put(message.messageId(), event.messageStart());
            default -> {
                // Nothing to remember.
            }
        }
    }

    /// Makes the bodies ready to be stored: cleaned, with their times, and with the events that must come before
    /// the attempt's end.
    List<Draft> draft(List<EventBody> bodies, Redactor redactor, long now) {
        newest = Math.max(newest, now);
        Instant at = Instant.ofEpochMilli(newest);
        Cleaner cleaner = new Cleaner(redactor);
        List<Draft> drafts = new ArrayList<>(bodies.size());
        for (EventBody body : bodies) {
            switch (cleaner.clean(body)) {
                case ToolUse use -> drafts.add(draft(new ToolUse(calls.stamp(use.toolCall(), at))));
                case ToolResult result -> drafts.add(draft(stamped(result, at)));
                case Done done -> {
                    calls.fail(at).forEach(call -> drafts.add(draft(new ToolUse(call))));
                    drafts.add(draft(done));
                }
                case EventBody other -> drafts.add(draft(other));
            }
        }
        return drafts;
    }

    /// Gives the drafts their places in the log.
    List<StoredEvent> place(List<Draft> drafts, long firstSeq) {
        Map<String, Long> starts = new HashMap<>(messageStarts);
        List<StoredEvent> placed = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            long seq = firstSeq + placed.size();
            long start = seq;
            if (draft.body instanceof Message message) {
                start = starts.computeIfAbsent(message.messageId(), _ -> seq);
                if (message.last()) {
                    starts.remove(message.messageId());
                }
            } else if (draft.body instanceof Done) {
                starts.clear();
            }
            placed.add(new StoredEvent(
                    seq, EventJson.kind(draft.body), newest, start, draft.json.getBytes(StandardCharsets.UTF_8)));
        }
        return placed;
    }

    /// Remembers where the messages began, now that it is stored.
    void stored(List<Draft> drafts, List<StoredEvent> placed) {
        for (int i = 0; i < drafts.size(); i++) {
            if (drafts.get(i).body instanceof Message message) {
                if (message.last()) {
                    messageStarts.remove(message.messageId());
                } else {
                    messageStarts.put(message.messageId(), placed.get(i).messageStart());
                }
            }
        }
    }

    private ToolResult stamped(ToolResult result, Instant at) {
        return new ToolResult(
                result.callId(),
                result.name(),
                result.output(),
                result.isError(),
                result.exitCode(),
                result.truncated(),
                calls.stamp(result.toolCall(), at));
    }

    private static Draft draft(EventBody body) {
        return new Draft(body, EventJson.encode(body));
    }

    record Draft(EventBody body, String json) {}
}
