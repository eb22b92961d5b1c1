package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Refusals;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What a `result` line says about a turn. Its subtype is `success` also when the model's API refused: `is_error`,
/// the API's status and the reason it ended for tell.
final class Verdicts {
    private long input;
    private long output;
    private long cached;
    private double cost;

    /// The turn's usage, added to the attempt's. The CLI's own totals are the session's, earlier attempts included,
    /// so the sums are made from what came since the last result.
    Used used(JsonNode result) {
        JsonNode usage = result.path("model_usage_since_last_result");
        if (usage.isMissingNode()) {
            addTotals(result.path("usage"));
        }
        for (JsonNode model : usage) {
            input += Json.number(model, "inputTokens") + Json.number(model, "cacheCreationInputTokens");
            output += Json.number(model, "outputTokens");
            cached += Json.number(model, "cacheReadInputTokens");
            cost += model.path("costUSD").asDouble(0);
        }
        return new Used(input, output, cached, cost);
    }

    private void addTotals(JsonNode usage) {
        input += Json.number(usage, "input_tokens") + Json.number(usage, "cache_creation_input_tokens");
        output += Json.number(usage, "output_tokens");
        cached += Json.number(usage, "cache_read_input_tokens");
    }

    /// @param apiError the CLI's name for the API's last refusal; null if there was none
    static Verdict of(Dialect dialect, JsonNode result, @Nullable String apiError) {
        String subtype = Json.text(result, "subtype", "");
        if (!Json.flag(result, "is_error") && subtype.equals("success")) {
            return new Verdict.Succeeded();
        }
        if (Json.text(result, "terminal_reason", "").startsWith("aborted")) {
            return new Verdict.Interrupted();
        }
        String message = message(dialect, result);
        Verdict known = dialect.meaning(message);
        if (known != null) {
            return known;
        }
        if (!subtype.equals("success")) {
            boolean limit = subtype.startsWith("error_max");
            return new Verdict.Failed(limit ? "agent_limit" : "agent_failed", message, false);
        }
        int status = result.path("api_error_status").asInt(0);
        return refused(dialect.refusals(), status, apiError == null ? "" : apiError, message);
    }

    private static Verdict refused(Refusals refusals, int status, String error, String message) {
        if (error.startsWith("authentication") || error.startsWith("oauth")) {
            return refusals.credential(message);
        }
        if (error.startsWith("billing")) {
            return refusals.byStatus(402, message);
        }
        if (error.equals("rate_limit")) {
            return Refusals.rateLimited(message);
        }
        if (message.toLowerCase(Locale.ROOT).contains("prompt is too long")) {
            return Refusals.tooLong(message);
        }
        return status == 0 ? Refusals.unavailable(message) : refusals.byStatus(status, message);
    }

    private static String message(Dialect dialect, JsonNode result) {
        String text = Json.text(result, "result", "");
        if (!text.isBlank()) {
            return text.strip();
        }
        String one = Json.text(result, "error");
        if (one != null) {
            return one;
        }
        StringJoiner errors = new StringJoiner("; ");
        for (JsonNode error : result.path("errors")) {
            errors.add(error.asText());
        }
        return errors.length() > 0
                ? errors.toString()
                : dialect.title() + " ended the turn with " + Json.text(result, "subtype", "no reason");
    }
}
