package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.wire.Json;

/// The attempt's usage. Codex tells the thread's totals, so what earlier attempts used is taken off. Its input tokens
/// include the cached ones.
final class Usage {
    private Totals before = new Totals(0, 0, 0);

    private record Totals(long input, long output, long cached) {
        static Totals of(JsonNode usage) {
            return new Totals(
                    Json.number(usage, "inputTokens"),
                    Json.number(usage, "outputTokens"),
                    Json.number(usage, "cachedInputTokens"));
        }

        Totals minus(Totals other) {
            return new Totals(input - other.input, output - other.output, cached - other.cached);
        }
    }

    /// What a resumed thread had used before.
    void before(JsonNode tokenUsage) {
        before = Totals.of(tokenUsage.path("total"));
    }

    Used updated(JsonNode tokenUsage) {
        Totals own = Totals.of(tokenUsage.path("total")).minus(before);
        return new Used(own.input() - own.cached(), own.output(), own.cached(), null);
    }
}
