package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls that have no result yet, in the order they were made. For one thread.
public final class OpenTools {
    private final Map<String, ToolCall> open = new LinkedHashMap<>();

    /// The agent is about to call a tool; its input is not known yet.
    public void pending(String callId, String name, Outputs out) {
        pending(callId, name, Json.object(), null, out);
    }

    /// The agent would call a tool with that input, and waits for something.
    public void pending(String callId, String name, JsonNode input, @Nullable String description, Outputs out) {
        put(new ToolCall(callId, name, input, ToolState.PENDING, description, null, null, null), out);
    }

    public void running(String callId, String name, JsonNode input, @Nullable String description, Outputs out) {
        put(new ToolCall(callId, name, input, ToolState.RUNNING, description, null, null, null), out);
    }

    /// @param output cut here if too long
    public void result(String callId, String output, boolean isError, @Nullable Integer exitCode, Outputs out) {
        ToolCall known = open.remove(callId);
        ToolCall call = known != null
                ? known
                : new ToolCall(callId, "unknown", Json.object(), ToolState.RUNNING, null, null, null, null);
        ToolState state = isError ? ToolState.FAILED : ToolState.COMPLETED;
        ToolCall closed =
                new ToolCall(call.callId(), call.name(), call.input(), state, call.description(), null, null, null);
        Cut cut = Cut.of(output);
        out.event(new ToolResult(callId, call.name(), cut.text(), isError, exitCode, cut.truncated(), closed));
    }

    /// Closes the calls that were announced and never made.
    public void closePending(String why, Outputs out) {
        for (ToolCall call : List.copyOf(open.values())) {
            if (call.state() == ToolState.PENDING) {
                result(call.callId(), why, true, null, out);
            }
        }
    }

    /// Closes every call as failed.
    public void closeAll(String why, Outputs out) {
        for (String callId : List.copyOf(open.keySet())) {
            result(callId, why, true, null, out);
        }
    }

    public @Nullable ToolCall get(String callId) {
        return open.get(callId);
    }

    /// The one made last of those whose names begin so.
    public @Nullable ToolCall newest(String prefix) {
        return open.values().stream()
                .filter(call -> call.name().startsWith(prefix))
                .reduce((_, last) -> last)
                .orElse(null);
    }

    private void put(ToolCall call, Outputs out) {
        open.put(call.callId(), call);
        out.event(new ToolUse(call));
    }
}
