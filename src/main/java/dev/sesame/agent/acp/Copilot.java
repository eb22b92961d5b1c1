package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.CredentialNeed.Source;
import dev.sesame.agent.McpServer;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// GitHub Copilot CLI: with a GitHub token, or with a provider's own key and no GitHub at all.
///
/// When its model fails it says so in the agent's words and ends the turn like any other, only without `usage`. A
/// request that is denied ends its turn.
final class Copilot {
    private static final String TOKEN = "COPILOT_GITHUB_TOKEN";

    private static final Path MCP_SERVERS = Path.of(".copilot/mcp-config.json");

    static final AcpProfile PROFILE = new AcpProfile(
            "copilot",
            "Copilot",
            new CredentialNeed(
                    "Copilot",
                    List.of(
                            Source.own(TOKEN, "a GitHub token with access to Copilot"),
                            Source.key(Provider.ANTHROPIC.key, "an Anthropic API key"),
                            Source.key(Provider.OPENAI.key, "an OpenAI API key"))),
            null,
            List.of(MCP_SERVERS),
            Copilot::launch,
            null,
            AcpProfile.Counting.RUNNING_TOTAL,
            Asides.notices("(Info|Warning|Error): (.+)"),
            true);

    /// Whose models it uses without GitHub.
    private enum Provider {
        ANTHROPIC("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "https://api.anthropic.com", "claude-sonnet-4-5"),
        OPENAI("OPENAI_API_KEY", "OPENAI_BASE_URL", "https://api.openai.com/v1", "gpt-4.1");

        private final String key;
        private final String address;
        private final String vendor;
        private final String model;

        Provider(String key, String address, String vendor, String model) {
            this.key = key;
            this.address = address;
            this.vendor = vendor;
            this.model = model;
        }
    }

    private Copilot() {}

    private static Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        arguments.add("--acp");
        if (!assignment.ask()) {
            arguments.add("--allow-all");
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("COPILOT_AUTO_UPDATE", "false");
        environment.put("COPILOT_HOME", assignment.home() + "/.copilot");
        Optional<String> token = credentials.find(TOKEN);
        token.ifPresent(value -> environment.put(TOKEN, value));
        if (token.isEmpty()) {
            ownProvider(assignment, credentials, environment);
        } else if (assignment.model() != null) {
            environment.put("COPILOT_MODEL", assignment.model());
        }
        program.unpacked().ifPresent(path -> environment.put("COPILOT_PKG_CACHE_HOME", path));
        return new Launch(List.copyOf(arguments), environment, files(assignment.mcpServers()));
    }

    private static Map<Path, String> files(List<McpServer> servers) {
        if (servers.isEmpty()) {
            return Map.of();
        }
        ObjectNode all = Mcp.servers(servers);
        all.forEach(server -> ((ObjectNode) server).putArray("tools").add("*"));
        ObjectNode configuration = Json.object();
        configuration.set("mcpServers", all);
        return Map.of(MCP_SERVERS, Json.write(configuration));
    }

    private static void ownProvider(Assignment assignment, Credentials credentials, Map<String, String> environment) {
        for (Provider provider : Provider.values()) {
            Optional<String> key = credentials.find(provider.key);
            if (key.isPresent()) {
                environment.put("COPILOT_OFFLINE", "true");
                environment.put("COPILOT_PROVIDER_TYPE", provider.name().toLowerCase(Locale.ROOT));
                environment.put(
                        "COPILOT_PROVIDER_BASE_URL",
                        credentials.find(provider.address).orElse(provider.vendor));
                environment.put("COPILOT_PROVIDER_API_KEY", key.get());
                environment.put("COPILOT_MODEL", assignment.model() == null ? provider.model : assignment.model());
                return;
            }
        }
    }
}
