package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody.Decision;
import java.util.List;

/// Recordings of stream-json.
final class ClaudeRetelling extends Retelling {
    ClaudeRetelling(Conversation conversation) {
        super(conversation);
    }

    @Override
    protected List<AgentOutput> told(Recording.Line line) {
        JsonNode said = Json.object(line.text());
        if (said == null) {
            return List.of();
        }
        return switch (Json.text(said, "type", "")) {
            case "user" -> {
                boolean opening = line.offset() == 0;
                yield opening ? List.of() : conversation.prompt(Json.text(said.path("message"), "content", ""));
            }
            case "control_response" -> answered(said.path("response"));
            default -> {
                boolean interrupt = "interrupt".equals(Json.text(said.path("request"), "subtype"));
                yield interrupt ? conversation.interrupt() : List.of();
            }
        };
    }

    private List<AgentOutput> answered(JsonNode response) {
        JsonNode answer = response.path("response");
        boolean allowed = "allow".equals(Json.text(answer, "behavior"));
        Decision decision =
                !allowed ? Decision.DENY : answer.has("updatedPermissions") ? Decision.ALLOW_ALWAYS : Decision.ALLOW;
        return answer(Json.text(response, "request_id", ""), decision, allowed ? null : Json.text(answer, "message"));
    }
}
