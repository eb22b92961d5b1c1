package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.ModelServer;
import dev.sesame.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real CLIs on the real server, calling a tool of an MCP server that is started in the sandbox.
@Tag("agents")
class AgentsWithMcpIT {
    private static final String SECRET = "greeter-secret-value";
    private static ModelServer model;
    private static TaskWorld world;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path agents = Files.createDirectories(Path.of("target/agents")).toRealPath();
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.createSymbolicLink(data.resolve("agents"), agents); // installed once for all tests
        model = ModelServer.start();
        world = new TaskWorld(Map.of(
                "DATA_DIR",
                data.toString(),
                "ANTHROPIC_API_KEY",
                ModelServer.GOOD_KEY,
                "ANTHROPIC_BASE_URL",
                model.url(),
                "OPENAI_API_KEY",
                ModelServer.GOOD_KEY,
                "OPENAI_BASE_URL",
                model.url() + "/v1",
                "GEMINI_API_KEY",
                ModelServer.GOOD_KEY,
                "GOOGLE_GEMINI_BASE_URL",
                model.url()));
        TestGit.init(directory.resolve("work"))
                .write("greeter", Files.readString(Path.of("src/test/resources/agents/greeter")))
                .commit("Greet");
        world.repository.run("fetch", "-q", directory.resolve("work").toString(), "main:greeter");
        var greeter = Map.of(
                "name",
                "greeter",
                "command",
                "/bin/sh",
                "args",
                List.of("/workspace/greeter", "and all"),
                "env",
                Map.of("GREETER_TOKEN", SECRET));
        assertThat(world.user().post("/api/mcp-servers", greeter).status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        world.close();
        model.close();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-code, claude-sonnet-4-5",
        "codex, gpt-5.2-codex",
        "gemini, gemini-2.5-flash",
        "opencode, anthropic/claude-sonnet-4-5",
        "copilot, claude-sonnet-4-5"
    })
    void theToolIsCalledAndNamedWithItsServerAlsoInAFollowUp(String agent, String modelName) {
        String id = world.create("[[mock:mcp]] go", Map.of("agent", agent, "model", modelName, "branch", "greeter"));
        List<JsonNode> events = world.follow(id);
        assertGreeted(events);

        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "[[mock:mcp]] again"));
        List<JsonNode> all = world.follow(id);
        assertGreeted(all.subList(events.size(), all.size()));
        assertThat(all.toString()).doesNotContain(SECRET);
        assertThat(world.get(id).path("mcpServers").toString()).isEqualTo("[\"greeter\"]");
    }

    private static void assertGreeted(List<JsonNode> events) {
        assertThat(events.getLast().path("status").asText()).as("%s", events).isEqualTo("completed");
        assertThat(events.stream()
                        .filter(event -> event.path("kind").asText().equals("tool_result"))
                        .map(event -> event.at("/toolResult/name").asText() + ": "
                                + event.at("/toolResult/output").asText()))
                .as("%s", events)
                .singleElement()
                .asString()
                .startsWith("greeter.greet: ")
                .contains("Hello Ada, " + SECRET.length() + " [redacted] and all");
    }
}
