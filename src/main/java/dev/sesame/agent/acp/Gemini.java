package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.LoginFile;
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
import java.util.Map;
import java.util.Optional;

/// Gemini CLI. It names a session's file by the minute, and begins such a file before it loads a session: loaded in
/// the minute in which it was begun, a session would be overwritten by its own resumption. So the files get other
/// names first; it finds sessions by what is in them. And its cleaning up at the start, which takes a resumed
/// session for an empty one, is off.
///
/// How it authenticates must be in its settings: where a gateway's address is set it would else refuse to start. It
/// tells neither output nor exit code of the shell commands it runs; they all look completed.
final class Gemini {
    private static final String API_KEY = "GEMINI_API_KEY";
    private static final String BASE_URL = "GOOGLE_GEMINI_BASE_URL";
    private static final Path SETTINGS = Path.of(".gemini/settings.json");
    private static final LoginFile LOGIN = new LoginFile("GEMINI_OAUTH_CREDS", Path.of(".gemini/oauth_creds.json"));

    /// Inside the sandbox, then becomes its arguments.
    private static final String KEEP_SESSIONS = """
            for file in "$HOME"/.gemini/tmp/*/chats/session-*.jsonl; do
                case ${file##*/} in session-kept-*) continue ;; esac
                n=1
                while [ -e "${file%/*}/session-kept-$n-${file##*/session-}" ]; do n=$((n + 1)); done
                [ ! -f "$file" ] || mv -- "$file" "${file%/*}/session-kept-$n-${file##*/session-}"
            done
            exec "$@"
            """;

    static final AcpProfile PROFILE = new AcpProfile(
            "gemini",
            "Gemini CLI",
            new CredentialNeed(
                    "Gemini CLI",
                    List.of(
                            Source.file(LOGIN.credential(), "a Google account's login file, which `gemini` makes"),
                            Source.key(API_KEY, "a Gemini API key"))),
            LOGIN,
            List.of(SETTINGS, LOGIN.path()),
            Gemini::launch,
            new AcpProfile.Modes("yolo", "default"),
            AcpProfile.Counting.TURN,
            Asides.noise("\\[MODE_UPDATE] \\w+"),
            false);

    private Gemini() {}

    private static Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>();
        if (assignment.resume() != null) {
            arguments.addAll(List.of("sh", "-c", KEEP_SESSIONS, "sh"));
        }
        arguments.addAll(program.command());
        arguments.addAll(List.of("--acp", "--skip-trust"));
        if (assignment.model() != null) {
            arguments.add("--model=" + assignment.model());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        Map<Path, String> files = new LinkedHashMap<>();
        Optional<String> login = credentials.find(LOGIN.credential());
        if (login.isPresent()) {
            environment.put("GOOGLE_GENAI_USE_GCA", "true");
            files.put(LOGIN.path(), login.get());
        } else {
            credentials.find(API_KEY).ifPresent(key -> environment.put(API_KEY, key));
        }
        files.put(SETTINGS, settings(assignment, login.isPresent() ? "oauth-personal" : "gemini-api-key"));
        credentials.find(BASE_URL).ifPresent(url -> environment.put(BASE_URL, url));
        environment.put("GEMINI_CLI_NO_RELAUNCH", "true"); // it would start itself a second time
        return new Launch(List.copyOf(arguments), environment, files);
    }

    private static String settings(Assignment assignment, String authentication) {
        var settings = Json.object();
        settings.putObject("security").putObject("auth").put("selectedType", authentication);
        var general = settings.putObject("general").put("maxAttempts", 3).put("enableAutoUpdate", false);
        general.putObject("sessionRetention").put("enabled", false);
        settings.putObject("privacy").put("usageStatisticsEnabled", false);
        settings.putObject("telemetry").put("enabled", false);
        settings.set("mcpServers", servers(assignment.mcpServers()));
        return Json.write(settings);
    }

    private static ObjectNode servers(List<McpServer> servers) {
        ObjectNode all = Mcp.servers(servers);
        all.forEach(server -> {
            if (server instanceof ObjectNode one && one.has("url")) {
                one.set("httpUrl", one.remove("url")); // by `url` it means another transport
            }
        });
        return all;
    }
}
