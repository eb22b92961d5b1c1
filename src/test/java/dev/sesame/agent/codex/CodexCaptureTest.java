package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody.Decision;
import java.util.List;
import java.util.Map;

class CodexCaptureTest extends CaptureContract {

    /// By method; answers to our requests are `result`.
    private static final Map<String, String> FOLDED = Map.ofEntries(
            Map.entry("result", "our request was carried out"),
            Map.entry("item/started", "of a message, of reasoning or an echo: what follows says it"),
            Map.entry("item/completed", "reasoning that was forwarded, or an echo"),
            Map.entry("item/reasoning/summaryPartAdded", "a frame"),
            Map.entry("item/commandExecution/outputDelta", "the command's end has the whole"),
            Map.entry("serverRequest/resolved", "by our answer, which is logged"),
            Map.entry("thread/started", "the answer to our request says it"),
            Map.entry("thread/status/changed", "the turn's begin and end say it"),
            Map.entry("turn/started", "a frame"),
            Map.entry("turn/diff/updated", "the task has its own diff"),
            Map.entry("account/rateLimits/updated", "no limit was reached"),
            Map.entry("remoteControl/status/changed", "not used"),
            Map.entry("error", "the turn's end repeats it"));

    static List<Capture> captures() {
        return Capture.of("codex");
    }

    @Override
    protected Conversation begin(Capture capture) {
        boolean asks = capture.toString().contains("perm");
        return new CodexConversation(
                new Assignment("task_1", 1, "Do it", null, asks, null, List.of(), "/workspace", "/home/agent"));
    }

    @Override
    protected List<AgentOutput> tell(Conversation conversation, Capture.Line line) {
        JsonNode said = line.json();
        if (line.fromAgent()) {
            return conversation.line(line.offset(), ours(said, line.text()));
        }
        if (said.has("result")) {
            Decision decision = switch (Json.text(said.path("result"), "decision", "")) {
                case "accept" -> Decision.ALLOW;
                case "acceptForSession" -> Decision.ALLOW_ALWAYS;
                default -> Decision.DENY;
            };
            return conversation.answer("1.approval." + Json.text(said, "id"), decision, null);
        }
        return switch (Json.text(said, "method", "")) {
            case "turn/start" -> {
                boolean opening = Json.text(said, "id", "").endsWith("3");
                String text = Json.text(said.path("params").path("input").path(0), "text", "");
                yield opening ? List.of() : conversation.prompt(text);
            }
            case "turn/interrupt" -> conversation.interrupt();
            default -> List.of();
        };
    }

    /// The captured client numbered its requests 1, 2, 3 in the order in which the driver makes them.
    private static String ours(JsonNode said, String text) {
        boolean answer = !said.has("method") && said.path("id").isInt();
        return answer
                ? ((ObjectNode) said).put("id", "1." + said.path("id").asInt()).toString()
                : text;
    }

    @Override
    protected String kind(JsonNode line) {
        return Json.text(line, "method", "result");
    }

    @Override
    protected Map<String, String> folded() {
        return FOLDED;
    }
}
