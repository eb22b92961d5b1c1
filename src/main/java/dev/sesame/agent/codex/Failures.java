package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import java.util.Iterator;
import java.util.Map;

/// What a turn's error means. `codexErrorInfo` is a name, or a name with the HTTP status in it.
final class Failures {
    private Failures() {}

    /// @param retried whether Codex tried again before it gave up; it then may not say what was wrong
    static Verdict.Failed of(JsonNode error, boolean retried) {
        String message = Json.text(error, "message", "Codex gave no reason");
        JsonNode info = error.path("codexErrorInfo");
        if (info.isObject() && !info.isEmpty()) {
            Iterator<Map.Entry<String, JsonNode>> members = info.properties().iterator();
            Map.Entry<String, JsonNode> member = members.next();
            int status = member.getValue().path("httpStatusCode").asInt(0);
            return status == 0 ? unavailable(message) : byStatus(status, message);
        }
        return byName(info.asText(""), message, retried);
    }

    private static Verdict.Failed byName(String name, String message, boolean retried) {
        return switch (name) {
            case "unauthorized" -> rejected(message);
            case "usageLimitExceeded" -> new Verdict.Failed("quota_exhausted", message, true);
            case "contextWindowExceeded" -> new Verdict.Failed("context_exceeded", message, false);
            case "rateLimitExceeded" -> new Verdict.Failed("rate_limited", message, true);
            case "internalServerError", "serverOverloaded", "flexUnavailable", "policyCapacityUnavailable" ->
                unavailable(message);
            case "badRequest", "modelNotFound" -> new Verdict.Failed("model_refused", message, false);
            default -> retried ? unavailable(message) : new Verdict.Failed("agent_failed", message, false);
        };
    }

    private static Verdict.Failed byStatus(int status, String message) {
        if (status == 401 || status == 403) {
            return rejected(message);
        }
        if (status == 429) {
            return new Verdict.Failed("rate_limited", message, true);
        }
        return status >= 500 ? unavailable(message) : new Verdict.Failed("model_refused", message, false);
    }

    private static Verdict.Failed rejected(String message) {
        return new Verdict.Failed(
                "credential_rejected",
                message + ". The OpenAI API key is not accepted: renew it under Settings › Provider keys, or in the"
                        + " server's environment variable " + CodexDriver.API_KEY,
                false);
    }

    private static Verdict.Failed unavailable(String message) {
        return new Verdict.Failed("model_unavailable", message, true);
    }
}
