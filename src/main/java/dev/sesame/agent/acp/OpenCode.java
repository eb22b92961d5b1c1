package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.LoginFile;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.CredentialNeed.Source;
import dev.sesame.agent.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// OpenCode, with whatever providers there are logins and keys for; the model is named `provider/model`. For a
/// provider with both it takes the login.
///
/// It is configured through its environment, above the repository's own configuration in what concerns
/// permissions and addresses and nothing else. A request that is denied ends its turn.
final class OpenCode {
    private static final List<String> KEYS = List.of(
            "ANTHROPIC_API_KEY",
            "OPENAI_API_KEY",
            "GEMINI_API_KEY",
            "OPENROUTER_API_KEY",
            "OPENCODE_API_KEY",
            "GROQ_API_KEY",
            "MISTRAL_API_KEY",
            "DEEPSEEK_API_KEY",
            "XAI_API_KEY",
            "CEREBRAS_API_KEY",
            "COHERE_API_KEY",
            "DEEPINFRA_API_KEY",
            "FIREWORKS_API_KEY",
            "HF_TOKEN",
            "MOONSHOT_API_KEY",
            "NVIDIA_API_KEY",
            "PERPLEXITY_API_KEY",
            "TOGETHER_API_KEY",
            "AI_GATEWAY_API_KEY",
            "ZHIPU_API_KEY");

    private static final LoginFile LOGIN =
            new LoginFile("OPENCODE_AUTH_JSON", Path.of(".local/share/opencode/auth.json"));

    static final AcpProfile PROFILE = new AcpProfile(
            "opencode",
            "OpenCode",
            need(),
            LOGIN,
            List.of(LOGIN.path()),
            OpenCode::launch,
            null,
            AcpProfile.Counting.LAST_REQUEST,
            Asides.NONE,
            false);

    private OpenCode() {}

    private static CredentialNeed need() {
        List<Source> sources = new ArrayList<>();
        sources.add(Source.file(LOGIN.credential(), "OpenCode's login file, which `opencode auth login` makes"));
        for (String key : KEYS) {
            sources.add(Source.key(key, "a provider's API key"));
        }
        return new CredentialNeed("OpenCode", sources);
    }

    private static Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        arguments.add("acp");
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : KEYS) {
            credentials.find(name).ifPresent(key -> environment.put(name, key));
        }
        environment.put("OPENCODE_CONFIG_CONTENT", Json.write(configuration(assignment, credentials)));
        for (String off : List.of("AUTOUPDATE", "MODELS_FETCH", "LSP_DOWNLOAD", "DEFAULT_PLUGINS", "SHARE")) {
            environment.put("OPENCODE_DISABLE_" + off, "1");
        }
        Map<Path, String> files = new LinkedHashMap<>();
        credentials.find(LOGIN.credential()).ifPresent(content -> files.put(LOGIN.path(), content));
        return new Launch(List.copyOf(arguments), environment, files);
    }

    private static ObjectNode configuration(Assignment assignment, Credentials credentials) {
        ObjectNode configuration = Json.object().put("autoupdate", false).put("share", "disabled");
        if (assignment.model() != null) {
            configuration.put("model", assignment.model());
        }
        ObjectNode providers = configuration.putObject("provider");
        credentials.find("ANTHROPIC_BASE_URL").ifPresent(url -> address(providers, "anthropic", url + "/v1"));
        credentials.find("OPENAI_BASE_URL").ifPresent(url -> address(providers, "openai", url));
        credentials.find("GOOGLE_GEMINI_BASE_URL").ifPresent(url -> address(providers, "google", url + "/v1beta"));
        String word = assignment.ask() ? "ask" : "allow";
        ObjectNode permission = configuration.putObject("permission");
        for (String what : List.of("edit", "bash", "webfetch", "external_directory", "doom_loop")) {
            permission.put(what, word);
        }
        assignment.mcpServers().forEach(server -> permission.put(server.name() + "_*", word));
        configuration.set("mcp", OpenCodeServers.of(assignment.mcpServers()));
        return configuration;
    }

    private static void address(ObjectNode providers, String provider, String url) {
        providers.putObject(provider).putObject("options").put("baseURL", url);
    }
}
