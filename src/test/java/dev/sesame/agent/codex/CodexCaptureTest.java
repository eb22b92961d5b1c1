package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
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
    protected Retelling begin(Capture capture) {
        boolean asks = capture.toString().contains("perm");
        return new CodexRetelling(new CodexConversation(
                new Assignment("task_1", 1, "Do it", null, asks, null, List.of(), "/workspace", "/home/agent")));
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
