package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
import java.util.List;
import java.util.Map;

class ClaudeCaptureTest extends CaptureContract {

    /// `type/subtype` or, of a stream event, `stream_event/type`.
    private static final Map<String, String> FOLDED = Map.ofEntries(
            Map.entry("stream_event/message_start", "a frame"),
            Map.entry("stream_event/content_block_start", "a frame; of a tool call it is an event"),
            Map.entry("stream_event/content_block_delta", "input and signatures: the whole block has them"),
            Map.entry("stream_event/content_block_stop", "a frame"),
            Map.entry("stream_event/message_delta", "usage: the result has it"),
            Map.entry("stream_event/message_stop", "a frame"),
            Map.entry("assistant/", "a block whose pieces were forwarded, or an API error that the result repeats"),
            Map.entry("user/sub-agent", "a sub-agent's order, which the call that started it shows"),
            Map.entry("system/init", "said again at each turn"),
            Map.entry("system/status", "that a request is made; a change of mode is an event"),
            Map.entry("system/thinking_tokens", "a counter"),
            Map.entry("system/task_started", "a tool in the foreground, whose call is an event"),
            Map.entry("system/task_notification", "the tool's result says it"),
            Map.entry("system/task_progress", "the sub-agent's tool calls are events"),
            Map.entry("system/task_updated", "the tool's result says it"),
            Map.entry("system/hook_started", "its response follows"),
            Map.entry("system/hook_response", "a hook that went well"),
            Map.entry("control_response/", "our request was carried out"),
            Map.entry("rate_limit_event/", "all is well"));

    static List<Capture> captures() {
        return Capture.of("claude");
    }

    @Override
    protected Retelling begin(Capture capture) {
        boolean resumes = capture.toString().contains("resume");
        boolean asks = capture.toString().contains("perm");
        return new ClaudeRetelling(new ClaudeConversation(
                Dialect.CLAUDE_CODE,
                new Assignment(
                        "task_1",
                        1,
                        "Do it",
                        null,
                        asks,
                        resumes ? "00000000-0000-4000-8000-000000000000" : null,
                        List.of(),
                        "/workspace",
                        "/home/agent")));
    }

    @Override
    protected String kind(JsonNode line) {
        String type = Json.text(line, "type", "");
        if (type.equals("user") && line.hasNonNull("parent_tool_use_id")) {
            return "user/sub-agent";
        }
        boolean streamed = type.equals("stream_event");
        return type + "/" + (streamed ? Json.text(line.path("event"), "type", "") : Json.text(line, "subtype", ""));
    }

    @Override
    protected Map<String, String> folded() {
        return FOLDED;
    }
}
