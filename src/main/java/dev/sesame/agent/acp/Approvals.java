package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.JsonRpc;
import dev.sesame.agent.wire.JsonRpc.Heard.Request;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.ToolCall;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the agent asks us, and what became of it. In `auto` mode it has little reason to ask; if it does, it is allowed
/// at once, by `policy`. The answer is one of the options that the request offers.
final class Approvals {
    private final Assignment assignment;
    private final JsonRpc rpc;
    private final Calls calls;
    private final Map<String, Request> open = new LinkedHashMap<>();
    private @Nullable String deniedWords;

    Approvals(Assignment assignment, JsonRpc rpc, Calls calls) {
        this.assignment = assignment;
        this.rpc = rpc;
        this.calls = calls;
    }

    void asked(Request request, Speech speech, Outputs out) {
        if (!request.method().equals("session/request_permission")) {
            out.log(LogType.WARNING, "The agent asked for something unknown, which was refused: " + request.method());
            rpc.refuse(request.id(), "Not supported: " + request.method(), out);
            return;
        }
        speech.pause(out);
        JsonNode call = request.params().path("toolCall");
        String callId = Json.text(call, "toolCallId", "unknown");
        if (calls.get(callId) == null) {
            calls.updated(call, out);
        }
        ToolCall known = calls.get(callId);
        String id = id(request.id());
        open.put(id, request);
        out.event(new PermissionRequest(
                id,
                callId,
                known == null ? Json.text(call, "kind", "other") : known.name(),
                call.path("rawInput").isObject() || known == null ? call.path("rawInput") : known.input(),
                Json.text(call, "title"),
                null));
        if (!assignment.ask()) {
            out.event(new PermissionResponse(id, Decision.ALLOW, "policy", null));
            answered(id, Decision.ALLOW, null, out);
        }
    }

    void answered(String id, Decision decision, @Nullable String message, Outputs out) {
        Request request = open.remove(id);
        if (request == null) {
            return;
        }
        JsonNode options = request.params().path("options");
        String option = switch (decision) {
            case ALLOW -> option(options, "allow_once", "allow_always");
            case ALLOW_ALWAYS -> option(options, "allow_always", "allow_once");
            case DENY -> option(options, "reject_once", "reject_always");
        };
        if (decision == Decision.DENY) {
            calls.deny(Json.text(request.params().path("toolCall"), "toolCallId", "unknown"), message, out);
            deniedWords = "The user denied the last tool call"
                    + (message == null || message.isBlank() ? "." : ": " + message)
                    + " Go on without it, or say what you can't do.";
        }
        outcome(request, option, out);
    }

    /// The turn is being cancelled: what is open needs no answer any more.
    void cancel(Outputs out) {
        for (Request request : open.values()) {
            outcome(request, null, out);
        }
        open.clear();
    }

    /// What to say to an agent that stopped at a denial; null if nothing was denied since this was last asked.
    @Nullable
    String deniedWords() {
        String words = deniedWords;
        deniedWords = null;
        return words;
    }

    private void outcome(Request request, @Nullable String option, Outputs out) {
        ObjectNode result = Json.object();
        ObjectNode outcome = result.putObject("outcome").put("outcome", option == null ? "cancelled" : "selected");
        if (option != null) {
            outcome.put("optionId", option);
        }
        rpc.answer(request.id(), result, out);
    }

    private static @Nullable String option(JsonNode options, String kind, String otherwise) {
        String second = null;
        for (JsonNode option : options) {
            String offered = Json.text(option, "kind", "");
            if (offered.equals(kind)) {
                return Json.text(option, "optionId");
            }
            if (offered.equals(otherwise)) {
                second = Json.text(option, "optionId");
            }
        }
        return second;
    }

    /// Agents count their requests from 0 in every process.
    private String id(JsonNode id) {
        return assignment.attempt() + ".approval." + id.asText();
    }
}
