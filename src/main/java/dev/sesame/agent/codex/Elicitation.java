package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.JsonRpc.Heard.Request;
import dev.sesame.event.EventBody.Decision;

/// The request by which Codex asks whether it may call an MCP server's tool, and by which servers ask for
/// anything else.
final class Elicitation {
    static final String METHOD = "mcpServer/elicitation/request";

    private Elicitation() {}

    static boolean is(Request request) {
        return request.method().equals(METHOD);
    }

    /// What an MCP server asks its user is no question of whether it may be called.
    static boolean isToolCall(Request request) {
        return "mcp_tool_call".equals(Json.text(request.params().path("_meta"), "codex_approval_kind"));
    }

    /// How the name of the call begins that is meant: the request names the server only, and of that one call
    /// waits.
    static String prefix(Request request) {
        return Json.text(request.params(), "serverName", "") + ".";
    }

    static ObjectNode answer(Decision decision) {
        ObjectNode result = Json.object().put("action", decision == Decision.DENY ? "decline" : "accept");
        if (decision != Decision.DENY) {
            result.putObject("content");
        }
        if (decision == Decision.ALLOW_ALWAYS) {
            result.putObject("_meta").put("persist", "session");
        }
        return result;
    }
}
