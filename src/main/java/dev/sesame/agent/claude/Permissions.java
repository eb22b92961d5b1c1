package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the agent asks us (`control_request`), and what became of it.
///
/// In `auto` mode the CLI asks for little: only where the repository's own settings want to be asked. That is
/// allowed at once, in the step that reads it; readers see the request and the answer by `policy`. "Allow
/// always" holds for the process: the agent gets its own suggestions back, and then no longer asks.
final class Permissions {
    private final boolean ask;
    private final Map<String, JsonNode> open = new HashMap<>();

    Permissions(boolean ask) {
        this.ask = ask;
    }

    void asked(JsonNode line, Outputs out) {
        String id = Json.text(line, "request_id", "");
        JsonNode request = line.path("request");
        String subtype = Json.text(request, "subtype", "");
        if (!subtype.equals("can_use_tool")) {
            out.log(LogType.WARNING, "Claude Code asked for something unknown, which was refused: " + subtype);
            out.send(Told.refuse(id, "Not supported: " + subtype));
            return;
        }
        out.event(new PermissionRequest(
                id,
                Json.text(request, "tool_use_id"),
                Mcp.tool(Json.text(request, "tool_name", "unknown")),
                request.path("input"),
                title(request),
                null));
        if (ask) {
            open.put(id, request);
        } else {
            out.event(new PermissionResponse(id, Decision.ALLOW, "policy", null));
            out.send(Told.allow(id, request));
        }
    }

    /// The agent no longer wants an answer, for instance since it was interrupted.
    void withdrawn(JsonNode line, Outputs out) {
        String id = Json.text(line, "request_id", "");
        if (open.remove(id) != null) {
            out.event(new PermissionResponse(id, Decision.DENY, "policy", "The agent withdrew the request"));
        }
    }

    void answered(String id, Decision decision, @Nullable String message, Outputs out) {
        JsonNode request = open.remove(id);
        if (request == null) {
            return;
        }
        ObjectNode answer = switch (decision) {
            case ALLOW -> Told.allow(id, request);
            case ALLOW_ALWAYS -> Told.allowAlways(id, request);
            case DENY -> Told.deny(id, message == null || message.isBlank() ? "The user denied this." : message);
        };
        out.send(answer);
    }

    private static @Nullable String title(JsonNode request) {
        String title = Json.text(request, "title");
        String description = Json.text(request, "description");
        return title != null ? title : description != null ? description : Json.text(request, "display_name");
    }
}
