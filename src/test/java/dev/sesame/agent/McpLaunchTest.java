package dev.sesame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.acp.AcpDriver;
import dev.sesame.agent.claude.AmpDriver;
import dev.sesame.agent.claude.ClaudeDriver;
import dev.sesame.agent.codex.CodexDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How each agent is given MCP servers.
class McpLaunchTest {
    private static final AgentPrograms NONE = new AgentPrograms(Path.of("unused"), Map.of(), Map.of());
    private static final List<McpServer> SERVERS = List.of(
            new McpServer.Stdio("files", "npx", List.of("-y", "a \"b\""), Map.of("TOKEN", "the-secret")),
            new McpServer.Http("docs", "https://a.example/mcp", Map.of("Authorization", "Bearer the-secret")));

    private static List<AgentDriver> drivers() {
        return Stream.concat(
                        Stream.of(new ClaudeDriver(NONE), new AmpDriver(NONE), new CodexDriver(NONE)),
                        AcpDriver.all(NONE).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void theyAreInAFileThatIsTakenAwayOrInTheEnvironmentAndNeverInTheArguments(AgentDriver driver) {
        Launch launch = launch(driver, SERVERS);

        String given = launch.homeFiles() + launch.environment().toString();
        assertThat(given).contains("files", "npx", "the-secret", "docs", "https://a.example/mcp");
        assertThat(String.join(" ", launch.arguments())).doesNotContain("the-secret");
        assertThat(driver.homeFiles()).containsAll(launch.homeFiles().keySet());
        assertThat(launch(driver, List.of()).homeFiles() + "")
                .doesNotContain("npx")
                .doesNotContain("[mcp_servers");
    }

    @Test
    void codexReadsThemAsToml() {
        assertThat(launch(new CodexDriver(NONE), SERVERS).homeFiles().get(Path.of(".codex/config.toml")))
                .isEqualTo("""
                        [mcp_servers."files"]
                        command = "npx"
                        args = ["-y", "a \\"b\\""]
                        env = { "TOKEN" = "the-secret" }

                        [mcp_servers."docs"]
                        url = "https://a.example/mcp"
                        http_headers = { "Authorization" = "Bearer the-secret" }
                        """);
    }

    @Test
    void aServerIsNeverShownWithItsSecrets() {
        assertThat(SERVERS.toString() + assignment(SERVERS)).doesNotContain("the-secret");
    }

    private static Launch launch(AgentDriver driver, List<McpServer> servers) {
        return driver.launch(
                assignment(servers), new Program(List.of(), List.of("/opt/agent"), "1"), name -> Optional.empty());
    }

    private static Assignment assignment(List<McpServer> servers) {
        return new Assignment("task_1", 1, "Do it", null, false, null, List.of(), "/workspace", "/home/agent", servers);
    }
}
