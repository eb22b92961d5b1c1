package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;

/// Which model a session uses, where the agent tells it.
final class Models {
    private Models() {}

    /// For the log, after the agent's name; empty if it does not say.
    static String current(JsonNode opened) {
        String model = Json.text(opened.path("models"), "currentModelId");
        for (JsonNode option : opened.path("configOptions")) {
            if ("model".equals(Json.text(option, "category"))) {
                model = Json.text(option, "currentValue");
            }
        }
        return model == null ? "" : ", model " + model;
    }
}
