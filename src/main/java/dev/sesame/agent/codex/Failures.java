package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Refusals;
import java.util.Iterator;
import java.util.Map;

/// What a turn's error means. `codexErrorInfo` is a name, or a name with the HTTP status in it.
final class Failures {
    private static final Refusals REFUSALS = new Refusals(CodexDriver.NEED.renewal());

    private Failures() {}

    /// @param retried whether Codex tried again before it gave up; it then may not say what was wrong
    static Verdict.Failed of(JsonNode error, boolean retried) {
        String message = Json.text(error, "message", "Codex gave no reason");
        JsonNode info = error.path("codexErrorInfo");
        if (info.isObject() && !info.isEmpty()) {
            Iterator<Map.Entry<String, JsonNode>> members = info.properties().iterator();
            Map.Entry<String, JsonNode> member = members.next();
            int status = member.getValue().path("httpStatusCode").asInt(0);
            return status == 0 ? Refusals.unavailable(message) : REFUSALS.byStatus(status, message);
        }
        return byName(info.asText(""), message, retried);
    }

    private static Verdict.Failed byName(String name, String message, boolean retried) {
        return switch (name) {
            case "unauthorized" -> REFUSALS.credential(message);
            case "usageLimitExceeded" -> Refusals.quota(message);
            case "contextWindowExceeded" -> Refusals.tooLong(message);
            case "rateLimitExceeded" -> Refusals.rateLimited(message);
            case "internalServerError", "serverOverloaded", "flexUnavailable", "policyCapacityUnavailable" ->
                Refusals.unavailable(message);
            case "badRequest", "modelNotFound" -> Refusals.refused(message);
            default -> retried ? Refusals.unavailable(message) : new Verdict.Failed("agent_failed", message, false);
        };
    }
}
