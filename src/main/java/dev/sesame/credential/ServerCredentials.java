package dev.sesame.credential;

import dev.sesame.agent.AgentDriver;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The credentials of the server's own environment. They count for every user who has none of their own.
///
/// Immutable but for the settings it asks; safe from any thread.
public final class ServerCredentials implements AgentDriver.Credentials {

    /// What agents may ask for; everything else of the environment stays with the server.
    private static final Set<String> FOR_AGENTS = forAgents();

    private static final String GITHUB_TOKEN = "GITHUB_TOKEN";
    private static final List<String> OF_THE_SERVER = List.of(
            GITHUB_TOKEN,
            "ENCRYPTION_KEY",
            "ENCRYPTION_KEY_PREVIOUS",
            "DATABASE_URL",
            "AI_API_KEY",
            "SMTP_PASS",
            "OIDC_CLIENT_SECRET");

    private final Map<String, String> environment;
    private final Settings settings;

    public ServerCredentials(Map<String, String> environment, Settings settings) {
        this.environment = Map.copyOf(environment);
        this.settings = settings;
    }

    private static Set<String> forAgents() {
        Stream<String> keys = Arrays.stream(Provider.values()).map(Provider::variable);
        Stream<String> logins = Arrays.stream(AgentCredential.values())
                .filter(credential -> !credential.isFile())
                .map(AgentCredential::variable);
        return Stream.concat(keys, logins).collect(Collectors.toUnmodifiableSet());
    }

    /// A credential by the name that the agent knows it by, or the address of a gateway to use with it.
    @Override
    public Optional<String> find(String name) {
        return switch (name) {
            case "ANTHROPIC_BASE_URL" -> address(settings.get(SettingKeys.AGENTS_BASE_URL_ANTHROPIC));
            case "OPENAI_BASE_URL" -> address(settings.get(SettingKeys.AGENTS_BASE_URL_OPENAI));
            case "GOOGLE_GEMINI_BASE_URL" -> address(settings.get(SettingKeys.AGENTS_BASE_URL_GEMINI));
            default -> FOR_AGENTS.contains(name) ? set(name) : Optional.empty();
        };
    }

    /// For the git host.
    public Optional<String> repositoryToken() {
        return set(GITHUB_TOKEN);
    }

    /// All values that must never be stored or shown.
    public Collection<String> secrets() {
        Stream<String> ours = Stream.concat(FOR_AGENTS.stream(), OF_THE_SERVER.stream())
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isBlank());
        return Stream.concat(ours, settings.secrets().stream()).distinct().toList();
    }

    private Optional<String> set(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<String> address(String setting) {
        return Optional.of(setting).filter(value -> !value.isEmpty());
    }
}
