package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.acp.AcpProfile.Counting;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Outputs;
import org.jspecify.annotations.Nullable;

/// The attempt's usage, from what the agent tells at each turn's end, and of the session's cost in between.
final class Usage {
    private final Counting counting;
    private long input;
    private long output;
    private long cached;
    private boolean counted;
    private @Nullable Double cost;

    Usage(Counting counting) {
        this.counting = counting;
    }

    /// A `usage_update`; its tokens are those that the context holds, which nobody is billed for.
    void updated(JsonNode update, Outputs out) {
        JsonNode amount = update.path("cost").path("amount");
        if (amount.isNumber() && (cost == null || cost != amount.asDouble())) {
            cost = amount.asDouble();
            tell(out);
        }
    }

    /// The answer to a prompt.
    void ended(JsonNode result, Outputs out) {
        JsonNode usage = result.path("usage");
        JsonNode quota = result.path("_meta").path("quota").path("token_count");
        if (quota.isObject()) {
            count(Json.number(quota, "input_tokens"), Json.number(quota, "output_tokens"), 0, out);
        } else if (usage.isObject()) {
            long read = Json.number(usage, "cachedReadTokens");
            count(Json.number(usage, "inputTokens"), Json.number(usage, "outputTokens"), read, out);
        }
    }

    private void count(long in, long out, long read, Outputs outputs) {
        switch (counting) {
            case TURN -> {
                input += in;
                output += out;
                cached += read;
            }
            case RUNNING_TOTAL -> {
                input = in;
                output = out;
                cached = read;
            }
            case LAST_REQUEST -> {
                return;
            }
        }
        counted = true;
        tell(outputs);
    }

    private void tell(Outputs out) {
        out.add(counted ? new Used(input, output, cached, cost) : new Used(null, null, null, cost));
    }
}
