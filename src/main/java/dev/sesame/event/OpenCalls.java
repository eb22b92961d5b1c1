package dev.sesame.event;

import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls of the running attempt: gives each event of a call the call's times, and knows which calls nobody
/// has closed.
final class OpenCalls {
    /// Of how many calls that are over the times are kept, for late events.
    private static final int REMEMBERED = 1_000;

    private final Map<String, ToolCall> open = new LinkedHashMap<>();
    private final Map<String, ToolCall> closed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToolCall> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// The call with its times, the same as in its earlier events; what happens only now gets `at`.
    ToolCall stamp(ToolCall call, Instant at) {
        boolean over = over(call.state());
        ToolCall known = open.get(call.callId());
        if (known == null && over) {
            known = closed.get(call.callId());
        }
        Instant created = known == null || known.createdAt() == null ? at : known.createdAt();
        Instant started = known == null ? null : known.startedAt();
        if (started == null) {
            started = startedNow(call.state(), created, at);
        }
        Instant completed = !over ? null : known == null || known.completedAt() == null ? at : known.completedAt();
        ToolCall stamped = new ToolCall(
                call.callId(),
                call.name(),
                call.input(),
                call.state(),
                call.description(),
                created,
                started,
                completed);
        restore(stamped);
        return stamped;
    }

    /// Takes in a call as it was stored.
    void restore(ToolCall stored) {
        if (over(stored.state())) {
            open.remove(stored.callId());
            closed.put(stored.callId(), withoutInput(stored));
        } else {
            open.put(stored.callId(), stored);
        }
    }

    /// Those still open, in the order of their beginning, as failed.
    List<ToolCall> fail(Instant at) {
        return List.copyOf(open.values()).stream()
                .map(call -> new ToolCall(
                        call.callId(),
                        call.name(),
                        call.input(),
                        ToolState.FAILED,
                        call.description(),
                        null,
                        null,
                        null))
                .map(call -> stamp(call, at))
                .toList();
    }

    private static boolean over(ToolState state) {
        return switch (state) {
            case PENDING, RUNNING -> false;
            case COMPLETED, FAILED -> true;
        };
    }

    private static @Nullable Instant startedNow(ToolState state, Instant created, Instant at) {
        return switch (state) {
            case RUNNING -> at;
            case COMPLETED -> created;
            // It was refused or given up before it ran.
            case PENDING, FAILED -> null;
        };
    }

    private static ToolCall withoutInput(ToolCall call) {
        return new ToolCall(
                call.callId(),
                call.name(),
                com.fasterxml.jackson.databind.node.NullNode.instance,
                call.state(),
                null,
                call.createdAt(),
                call.startedAt(),
                call.completedAt());
    }
}
