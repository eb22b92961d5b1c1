package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
import java.util.List;
import java.util.Map;

/// Amp works only with its own service: captured are its failures to sign in; the others are written by hand in its
/// documented format.
class AmpCaptureTest extends CaptureContract {
    static List<Capture> captures() {
        return Capture.of("amp");
    }

    @Override
    protected Retelling begin(Capture capture) {
        return new ClaudeRetelling(new ClaudeConversation(
                Dialect.AMP,
                new Assignment("task_1", 1, "Do it", null, false, null, List.of(), "/workspace", "/home/agent")));
    }

    @Override
    protected String kind(JsonNode line) {
        return Json.text(line, "type", "");
    }

    @Override
    protected Map<String, String> folded() {
        return Map.of("user", "an echo of the prompt");
    }
}
