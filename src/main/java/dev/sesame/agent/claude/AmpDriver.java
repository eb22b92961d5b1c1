package dev.sesame.agent.claude;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.CredentialNeed.Source;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs Amp in its execute mode, which writes Claude Code's format. It works only with Amp's own service.
///
/// It has no words for permission requests or interrupts: in `ask` mode it refuses by itself what it would ask
/// for, and a cancelled task ends its process. The model is chosen by its mode (`low`, `medium`, `high`,
/// `ultra`).
public final class AmpDriver implements AgentDriver {
    private static final String API_KEY = "AMP_API_KEY";
    private static final Path SETTINGS = Path.of(".config/amp/settings.json");

    static final CredentialNeed NEED =
            new CredentialNeed("Amp", List.of(Source.own(API_KEY, "an access token of ampcode.com")));

    private final AgentPrograms programs;

    public AmpDriver(AgentPrograms programs) {
        this.programs = programs;
    }

    @Override
    public String id() {
        return "amp";
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
    public List<Path> homeFiles() {
        return List.of(SETTINGS);
    }

    @Override
    public Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        if (assignment.resume() != null) {
            arguments.addAll(List.of("threads", "continue", assignment.resume()));
        }
        arguments.addAll(List.of("--execute", "--stream-json", "--stream-json-thinking", "--stream-json-input"));
        arguments.addAll(List.of("--no-ide", "--no-notifications", "--no-remote-control-terminal"));
        if (assignment.model() != null) {
            arguments.add("--mode=" + assignment.model());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        credentials.find(API_KEY).ifPresent(key -> environment.put(API_KEY, key));
        environment.put("AMP_SKIP_UPDATE_CHECK", "1");
        var settings = Json.object().put("amp.dangerouslyAllowAll", !assignment.ask());
        if (!assignment.mcpServers().isEmpty()) {
            settings.set("amp.mcpServers", Mcp.servers(assignment.mcpServers()));
        }
        return new Launch(List.copyOf(arguments), environment, Map.of(SETTINGS, Json.write(settings)));
    }

    @Override
    public Conversation converse(Assignment assignment) {
        return new ClaudeConversation(Dialect.AMP, assignment);
    }
}
