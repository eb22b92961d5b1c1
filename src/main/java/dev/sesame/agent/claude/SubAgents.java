package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Thinking;
import dev.sesame.event.EventBody.ToolCall;
import org.jspecify.annotations.Nullable;

/// What agents say that the main agent started (`parent_tool_use_id` is the call that started them). It is kept apart
/// from the main agent's words: their text becomes log events, their tool calls name whose they are.
final class SubAgents {
    private final OpenTools parents;
    private final OpenTools tools = new OpenTools();

    SubAgents(OpenTools parents) {
        this.parents = parents;
    }

    void text(String parent, String text, Outputs out) {
        if (!text.isBlank()) {
            out.log(LogType.INFO, name(parent) + ": " + text);
        }
    }

    void thinking(String id, String text, Outputs out) {
        if (!text.isBlank()) {
            out.event(new Thinking(id, text));
        }
    }

    void call(String parent, String callId, JsonNode block, @Nullable String description, Outputs out) {
        String whose = name(parent);
        String tagged = description == null ? whose : whose + " › " + description;
        tools.running(callId, Speech.name(block), block.path("input"), tagged, out);
    }

    OpenTools tools() {
        return tools;
    }

    private String name(String parent) {
        ToolCall call = parents.get(parent);
        String description = call == null ? null : call.description();
        return description == null ? "Sub-agent" : "Sub-agent (" + description + ")";
    }
}
