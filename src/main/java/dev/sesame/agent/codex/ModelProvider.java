package dev.sesame.agent.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The model's API as a provider of our own, and what else is set of Codex.
final class ModelProvider {
    private static final String VENDOR = "https://api.openai.com/v1";

    private ModelProvider() {}

    /// Where the API is depends on what is in the login file, so without a gateway it is left to Codex then.
    static List<String> settings(Optional<String> gateway, boolean login) {
        String provider = "model_providers.sesame.";
        List<String> settings = new ArrayList<>(List.of(
                "model_provider=\"sesame\"",
                provider + "name=\"OpenAI\"",
                provider + "wire_api=\"responses\"",
                provider + "request_max_retries=3",
                provider + "stream_max_retries=3",
                "check_for_update_on_startup=false",
                "analytics.enabled=false",
                "otel.exporter=\"none\""));
        gateway.or(() -> login ? Optional.empty() : Optional.of(VENDOR))
                .ifPresent(url -> settings.add(provider + "base_url=" + McpConfig.quoted(url)));
        settings.add(
                login ? provider + "requires_openai_auth=true" : provider + "env_key=\"" + CodexDriver.API_KEY + "\"");
        if (login) {
            settings.add("cli_auth_credentials_store=\"file\"");
        }
        return settings;
    }
}
