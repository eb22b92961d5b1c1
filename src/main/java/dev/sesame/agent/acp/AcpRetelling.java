package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.RpcRetelling;
import dev.sesame.event.EventBody.Decision;
import java.util.List;

/// Recordings of ACP. Some clients set no mode, where the driver does.
final class AcpRetelling extends RpcRetelling {
    private static final String MODE = "session/set_mode";

    AcpRetelling(Conversation conversation) {
        super(conversation);
    }

    @Override
    protected List<AgentOutput> said(String method, JsonNode line, boolean first) {
        return switch (method) {
            case "session/prompt" -> first ? opening() : conversation.prompt(text(line));
            case "session/cancel" -> conversation.interrupt();
            default -> List.of();
        };
    }

    /// The first prompt is the assignment's, sent when the mode is set.
    private List<AgentOutput> opening() {
        boolean modeIsDue = requested(MODE) && !recorded(MODE);
        return modeIsDue ? conversation.line(0, answer(Json.object().putNull("result"), MODE)) : List.of();
    }

    private static String text(JsonNode line) {
        return Json.text(line.path("params").path("prompt").path(0), "text", "");
    }

    @Override
    protected List<AgentOutput> answered(JsonNode line, JsonNode asked) {
        return answer("1.approval." + Json.text(line, "id"), decision(line, asked), null);
    }

    private static Decision decision(JsonNode line, JsonNode asked) {
        String chosen = Json.text(line.path("result").path("outcome"), "optionId", "");
        for (JsonNode option : asked.path("params").path("options")) {
            if (chosen.equals(Json.text(option, "optionId"))) {
                return switch (Json.text(option, "kind", "")) {
                    case "allow_once" -> Decision.ALLOW;
                    case "allow_always" -> Decision.ALLOW_ALWAYS;
                    default -> Decision.DENY;
                };
            }
        }
        return Decision.DENY;
    }
}
