package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
import java.util.List;
import java.util.Map;

/// Captures of agents over ACP.
abstract class AcpCaptureContract extends CaptureContract {

    private static final Map<String, String> FOLDED = Map.ofEntries(
            Map.entry("result", "our request was carried out"),
            Map.entry("available_commands_update", "for people at a terminal"),
            Map.entry("config_option_update", "for people at a terminal"),
            Map.entry("current_mode_update", "we set it"),
            Map.entry("session_info_update", "the task has its own title"),
            Map.entry("usage_update", "the context's size; costs are taken"),
            Map.entry("user_message_chunk", "an echo"),
            Map.entry("tool_call_update", "the output so far; the end has the whole"),
            Map.entry("agent_message_chunk", "no words of the agent's: the mode was changed"),
            Map.entry("tool_call", "of the past of a session that was loaded"),
            Map.entry("agent_thought_chunk", "of that past, or empty"));

    private final AcpProfile profile;

    AcpCaptureContract(AcpProfile profile) {
        this.profile = profile;
    }

    @Override
    protected Retelling begin(Capture capture) {
        boolean asks = capture.toString().contains("perm");
        boolean loads = capture.toString().contains("load");
        return new AcpRetelling(new AcpConversation(
                profile,
                new Assignment(
                        "task_1",
                        1,
                        "Do it",
                        null,
                        asks,
                        loads ? "the-session" : null,
                        List.of(),
                        "/workspace",
                        "/home/agent")));
    }

    @Override
    protected String kind(JsonNode line) {
        return Json.text(line.path("params").path("update"), "sessionUpdate", Json.text(line, "method", "result"));
    }

    @Override
    protected Map<String, String> folded() {
        return FOLDED;
    }
}
