package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.RpcRetelling;
import dev.sesame.event.EventBody.Decision;
import java.util.List;

/// Recordings of the app server.
final class CodexRetelling extends RpcRetelling {
    CodexRetelling(Conversation conversation) {
        super(conversation);
    }

    @Override
    protected List<AgentOutput> said(String method, JsonNode line, boolean first) {
        return switch (method) {
            case "turn/start" -> first ? List.of() : conversation.prompt(text(line));
            case "turn/interrupt" -> conversation.interrupt();
            default -> List.of();
        };
    }

    private static String text(JsonNode line) {
        return Json.text(line.path("params").path("input").path(0), "text", "");
    }

    @Override
    protected List<AgentOutput> answered(JsonNode line, JsonNode asked) {
        Decision decision = switch (Json.text(line.path("result"), "decision", "")) {
            case "accept" -> Decision.ALLOW;
            case "acceptForSession" -> Decision.ALLOW_ALWAYS;
            default -> Decision.DENY;
        };
        return answer("1.approval." + Json.text(line, "id"), decision, null);
    }
}
