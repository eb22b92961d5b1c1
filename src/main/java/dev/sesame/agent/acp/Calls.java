package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tool calls. Each update brings what changed: the input is often known later than the call, the output so
/// far is told again and again and kept for the case that no end comes.
final class Calls {
    private final OpenTools tools;
    private final ToolNames names;
    private final Map<String, String> printed = new LinkedHashMap<>();
    private final Set<String> denied = new HashSet<>();
    private boolean interrupted;

    /// @param servers the names of MCP servers that the agent was given
    Calls(OpenTools tools, List<String> servers) {
        this.tools = tools;
        this.names = new ToolNames(servers);
    }

    /// @param update a `tool_call`, a `tool_call_update` or the `toolCall` of a permission request
    void updated(JsonNode update, Outputs out) {
        String id = Json.text(update, "toolCallId", "unknown");
        if (denied.contains(id)) {
            return; // its result is told
        }
        String status = Json.text(update, "status", "");
        ToolCall known = tools.get(id);
        ToolCall now = merged(id, known, update);
        boolean over = status.equals("completed") || status.equals("failed");
        if (known == null || (!over && !now.equals(known))) {
            announce(now, out);
        }
        if (over) {
            close(id, update, status.equals("failed"), out);
        } else if ("tool_call_update".equals(Json.text(update, "sessionUpdate"))) { // a call's begin has other things
            String text = Contents.text(update.path("content"));
            if (!text.isEmpty()) {
                printed.put(id, text);
            }
        }
    }

    private ToolCall merged(String id, @Nullable ToolCall known, JsonNode update) {
        boolean begins = "pending".equals(Json.text(update, "status"))
                || (known != null
                        && known.state() == ToolState.PENDING
                        && !update.has("status")
                        && !update.has("content"));
        String title = Json.text(update, "title");
        return new ToolCall(
                id,
                known != null ? known.name() : names.of(update),
                input(known, update),
                begins ? ToolState.PENDING : ToolState.RUNNING,
                title == null && known != null ? known.description() : title,
                null,
                null,
                null);
    }

    private void announce(ToolCall call, Outputs out) {
        if (call.state() == ToolState.PENDING) {
            tools.pending(call.callId(), call.name(), call.input(), call.description(), out);
        } else {
            tools.running(call.callId(), call.name(), call.input(), call.description(), out);
        }
    }

    private void close(String id, JsonNode update, boolean failed, Outputs out) {
        JsonNode raw = update.path("rawOutput");
        String text = Contents.text(update.path("content"));
        String output = text.isEmpty() ? Contents.raw(raw) : text;
        String before = printed.remove(id);
        if (output.isEmpty() && before != null) {
            output = before;
        }
        Integer exitCode = Contents.exitCode(raw);
        boolean killed = raw.path("metadata").has("exit") && exitCode == null; // by a signal
        boolean error = failed || killed || interrupted || (exitCode != null && exitCode != 0);
        tools.result(id, output, error, exitCode, out);
    }

    /// A turn begins or is interrupted: what ends after that was broken off, whatever its state says.
    void interrupted(boolean interrupted) {
        this.interrupted = interrupted;
    }

    /// The user denied the call, which is its result: most agents say no more of it.
    void deny(String callId, @Nullable String message, Outputs out) {
        denied.add(callId);
        String why = message == null || message.isBlank() ? "The user denied this." : message;
        tools.result(callId, why, true, null, out);
    }

    /// At the turn's end: closes what printed something and has no end.
    void closeAll(Outputs out) {
        for (String id : List.copyOf(printed.keySet())) {
            if (tools.get(id) != null) {
                tools.result(id, printed.get(id) + "\n(The turn ended before its tool did)", true, null, out);
            }
        }
        printed.clear();
    }

    @Nullable
    ToolCall get(String callId) {
        return tools.get(callId);
    }

    /// What is known of the arguments; where the agent does not tell them, what it tells of the call instead.
    private static JsonNode input(@Nullable ToolCall known, JsonNode update) {
        JsonNode raw = update.path("rawInput");
        if (raw.isObject() && !raw.isEmpty()) {
            return raw;
        }
        if ((known != null && !known.input().isEmpty()) || update.has("rawInput")) {
            return known == null ? Json.object() : known.input();
        }
        ObjectNode input = Json.object();
        for (String member : List.of("title", "locations", "content")) {
            JsonNode value = update.path(member);
            if (!value.isMissingNode() && !value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                input.set(member, value);
            }
        }
        return input;
    }
}
