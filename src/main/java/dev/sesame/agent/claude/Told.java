package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;

/// The lines that we tell Claude Code.
final class Told {
    private Told() {}

    static ObjectNode initialize(String requestId) {
        ObjectNode request = Json.object();
        request.put("subtype", "initialize").putNull("hooks");
        return control(requestId, request);
    }

    static ObjectNode interrupt(String requestId) {
        ObjectNode request = Json.object();
        request.put("subtype", "interrupt");
        return control(requestId, request);
    }

    static ObjectNode prompt(String text) {
        ObjectNode line = Json.object();
        line.put("type", "user");
        line.putObject("message").put("role", "user").put("content", text);
        line.putNull("parent_tool_use_id").put("session_id", "");
        return line;
    }

    /// @param request the agent's, whose input is allowed unchanged
    static ObjectNode allow(String requestId, JsonNode request) {
        ObjectNode answer = Json.object();
        answer.put("behavior", "allow").set("updatedInput", request.path("input"));
        return response(requestId, answer);
    }

    /// Allows it, and what the agent suggests so that it need not ask again. The suggestions are made to hold for this
    /// session only: some would otherwise write into the repository's settings.
    static ObjectNode allowAlways(String requestId, JsonNode request) {
        ObjectNode line = allow(requestId, request);
        ArrayNode permissions = line.withObject("/response/response").putArray("updatedPermissions");
        for (JsonNode suggestion : request.path("permission_suggestions")) {
            if (suggestion instanceof ObjectNode object) {
                permissions.add(object.deepCopy().put("destination", "session"));
            }
        }
        if (permissions.isEmpty()) {
            permissions.add(wholeTool(request));
        }
        return line;
    }

    private static ObjectNode wholeTool(JsonNode request) {
        ObjectNode permission = Json.object();
        permission.put("type", "addRules").put("behavior", "allow").put("destination", "session");
        permission.putArray("rules").addObject().put("toolName", Json.text(request, "tool_name", ""));
        return permission;
    }

    static ObjectNode deny(String requestId, String why) {
        ObjectNode answer = Json.object();
        answer.put("behavior", "deny").put("message", why);
        return response(requestId, answer);
    }

    /// For requests that we do not know, so that the agent does not wait.
    static ObjectNode refuse(String requestId, String why) {
        ObjectNode line = Json.object();
        line.put("type", "control_response");
        line.putObject("response")
                .put("subtype", "error")
                .put("request_id", requestId)
                .put("error", why);
        return line;
    }

    private static ObjectNode control(String requestId, ObjectNode request) {
        ObjectNode line = Json.object();
        line.put("type", "control_request").put("request_id", requestId).set("request", request);
        return line;
    }

    private static ObjectNode response(String requestId, ObjectNode answer) {
        ObjectNode line = Json.object();
        line.put("type", "control_response");
        line.putObject("response")
                .put("subtype", "success")
                .put("request_id", requestId)
                .set("response", answer);
        return line;
    }
}
