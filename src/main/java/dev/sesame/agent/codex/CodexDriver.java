package dev.sesame.agent.codex;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.CredentialNeed.Source;
import dev.sesame.agent.Retelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs `codex app-server`, its stdin and stdout held open for the conversation.
///
/// `auto` lets it do all without asking; in `ask` mode it asks before each change and each command (elsewhere
/// it would run harmless ones at once, but it knows them only in a login shell, which a task's uid has not).
///
/// The model's API is given as a provider of its own: the built-in one tries a web socket seven times before each
/// session. With a login file that provider takes what is in it, a subscription or a key; else the key.
public final class CodexDriver implements AgentDriver {
    static final String API_KEY = "OPENAI_API_KEY";
    static final LoginFile LOGIN = new LoginFile("CODEX_AUTH_JSON", Path.of(".codex/auth.json"));
    static final CredentialNeed NEED = new CredentialNeed(
            "Codex",
            List.of(
                    Source.file(LOGIN.credential(), "a ChatGPT subscription's login file, which `codex login` makes"),
                    Source.key(API_KEY, "an OpenAI API key")));

    private static final Path CONFIGURATION = Path.of(".codex/config.toml");
    private static final String BASE_URL = "OPENAI_BASE_URL";

    private final AgentPrograms programs;

    public CodexDriver(AgentPrograms programs) {
        this.programs = programs;
    }

    @Override
    public String id() {
        return "codex";
    }

    @Override
    public Optional<String> missing(Credentials credentials) {
        return NEED.missing(credentials);
    }

    @Override
    public Program install(Consumer<String> progress) {
        return programs.install(id(), progress);
    }

    @Override
    public Optional<LoginFile> loginFile() {
        return Optional.of(LOGIN);
    }

    @Override
    public List<Path> homeFiles() {
        return List.of(LOGIN.path(), CONFIGURATION);
    }

    @Override
    public Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        arguments.add("app-server");
        Optional<String> login = credentials.find(LOGIN.credential());
        for (String setting : ModelProvider.settings(credentials.find(BASE_URL), login.isPresent())) {
            arguments.addAll(List.of("-c", setting));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        Map<Path, String> files = new LinkedHashMap<>();
        login.ifPresentOrElse(
                content -> files.put(LOGIN.path(), content),
                () -> credentials.find(API_KEY).ifPresent(key -> environment.put(API_KEY, key)));
        if (!assignment.mcpServers().isEmpty()) {
            files.put(CONFIGURATION, McpConfig.toml(assignment.mcpServers()));
        }
        return new Launch(List.copyOf(arguments), environment, files);
    }

    @Override
    public Conversation converse(Assignment assignment) {
        return new CodexConversation(assignment);
    }

    @Override
    public Retelling retell(Assignment assignment) {
        return new CodexRetelling(converse(assignment));
    }
}
