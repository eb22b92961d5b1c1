package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.JsonRpc;
import dev.sesame.agent.wire.JsonRpc.Heard.Request;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.ToolCall;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Codex asks us, and what became of it. In `auto` mode it has no reason to ask; if it does, it is
/// allowed at once, by `policy`.
final class Approvals {
    private final int attempt;
    private final boolean ask;
    private final JsonRpc rpc;
    private final OpenTools tools;
    private final Map<String, Request> open = new LinkedHashMap<>();

    Approvals(int attempt, boolean ask, JsonRpc rpc, OpenTools tools) {
        this.attempt = attempt;
        this.ask = ask;
        this.rpc = rpc;
        this.tools = tools;
    }

    void asked(Request request, Outputs out) {
        if (Elicitation.is(request) && !Elicitation.isToolCall(request)) {
            String server = Json.text(request.params(), "serverName", "?");
            out.log(LogType.WARNING, "The MCP server " + server + " asked for input, which it can't get here");
            rpc.answer(request.id(), Elicitation.answer(Decision.DENY), out);
            return;
        }
        ToolCall ofServer = Elicitation.is(request) ? tools.newest(Elicitation.prefix(request)) : null;
        String tool = switch (request.method()) {
            case "item/commandExecution/requestApproval" -> "shell";
            case "item/fileChange/requestApproval" -> "apply_patch";
            case Elicitation.METHOD ->
                ofServer == null ? Json.text(request.params(), "serverName", "mcp") : ofServer.name();
            default -> "";
        };
        if (tool.isEmpty()) {
            out.log(LogType.WARNING, "Codex asked for something unknown, which was refused: " + request.method());
            rpc.refuse(request.id(), "Not supported: " + request.method(), out);
            return;
        }
        String id = permissionId(request.id());
        String callId = ofServer == null ? Json.text(request.params(), "itemId") : ofServer.callId();
        out.event(new PermissionRequest(id, callId, tool, input(request, callId), title(request.params()), null));
        open.put(id, request);
        if (!ask) {
            out.event(new PermissionResponse(id, Decision.ALLOW, "policy", null));
            answered(id, Decision.ALLOW, out);
        }
    }

    void answered(String permissionId, Decision decision, Outputs out) {
        Request request = open.remove(permissionId);
        if (request == null) {
            return;
        }
        if (Elicitation.is(request)) {
            rpc.answer(request.id(), Elicitation.answer(decision), out);
            return;
        }
        ObjectNode result = Json.object();
        result.put(
                "decision",
                switch (decision) {
                    case ALLOW -> "accept";
                    case ALLOW_ALWAYS -> "acceptForSession";
                    case DENY -> "decline";
                });
        rpc.answer(request.id(), result, out);
    }

    /// The agent says that a request is settled; if not by our answer, then it was withdrawn.
    void resolved(JsonNode params, Outputs out) {
        String id = permissionId(params.path("requestId"));
        if (open.remove(id) != null) {
            out.event(new PermissionResponse(id, Decision.DENY, "policy", "The agent withdrew the request"));
        }
    }

    private JsonNode input(Request request, @Nullable String callId) {
        ToolCall call = callId == null ? null : tools.get(callId);
        return call == null ? request.params() : call.input();
    }

    private static @Nullable String title(JsonNode params) {
        String reason = Json.text(params, "reason");
        String command = Json.text(params, "command");
        return reason != null ? reason : command != null ? command : Json.text(params, "message");
    }

    /// Codex counts its requests from 0 in every process.
    private String permissionId(JsonNode id) {
        return attempt + ".approval." + id.asText();
    }
}
