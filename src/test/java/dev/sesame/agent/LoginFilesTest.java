package dev.sesame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.acp.AcpDriver;
import dev.sesame.agent.codex.CodexDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each agent that keeps its login in a file is given of it.
class LoginFilesTest {
    private static final AgentPrograms NONE = new AgentPrograms(Path.of("unused"), Map.of(), Map.of());
    private static final List<AgentDriver> DRIVERS = Stream.concat(
                    Stream.of(new CodexDriver(NONE)), AcpDriver.all(NONE).stream())
            .toList();

    @ParameterizedTest
    @CsvSource({
        "codex, CODEX_AUTH_JSON, .codex/auth.json, OPENAI_API_KEY",
        "gemini, GEMINI_OAUTH_CREDS, .gemini/oauth_creds.json, GEMINI_API_KEY",
        "opencode, OPENCODE_AUTH_JSON, .local/share/opencode/auth.json, ''"
    })
    void theLoginIsAFileInTheHomeAndNowhereElse(String agent, String name, Path path, String beaten) {
        AgentDriver driver = driver(agent);
        Map<String, String> known = beaten.isEmpty() ? Map.of(name, "{login}") : Map.of(name, "{login}", beaten, "k");
        AgentDriver.Credentials credentials = asked -> Optional.ofNullable(known.get(asked));

        Launch launch = driver.launch(assignment(), new Program(List.of(), List.of("/opt/agent"), "1"), credentials);

        assertThat(driver.missing(credentials)).isEmpty();
        assertThat(driver.loginFile()).contains(new AgentDriver.LoginFile(name, path));
        assertThat(launch.homeFiles()).containsEntry(path, "{login}");
        assertThat(driver.homeFiles()).containsAll(launch.homeFiles().keySet());
        assertThat(launch.arguments() + launch.environment().toString()).doesNotContain("{login}");
        assertThat(launch.environment()).doesNotContainKey("OPENAI_API_KEY").doesNotContainKey("GEMINI_API_KEY");
    }

    @Test
    void geminiIsToldToUseTheAccount() {
        Launch launch =
                driver("gemini").launch(assignment(), new Program(List.of(), List.of("/opt/agent"), "1"), Optional::of);

        assertThat(launch.environment()).containsEntry("GOOGLE_GENAI_USE_GCA", "true");
        assertThat(launch.homeFiles().get(Path.of(".gemini/settings.json"))).contains("oauth-personal");
    }

    @Test
    void whatIsMissingSaysThatALoginFileIsOnesOwn() {
        assertThat(driver("codex").missing(name -> Optional.empty()))
                .contains(
                        "Codex needs a ChatGPT subscription's login file, which `codex login` makes (Settings › Agents),"
                                + " or an OpenAI API key (Settings › Provider keys, or the server's environment variable"
                                + " OPENAI_API_KEY)");
    }

    private static AgentDriver driver(String id) {
        return DRIVERS.stream()
                .filter(driver -> driver.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Assignment assignment() {
        return new Assignment("task_1", 1, "Do it", null, false, null, List.of(), "/workspace", "/home/agent");
    }
}
