package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
    private static AgentWorld agents;
    private static TaskWorld world;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        agents = AgentWorld.start(directory, Map.of());
        agents.addGreeter(directory, Map.of("GREETER_TOKEN", SECRET));
        world = agents.tasks();
    }

    @AfterAll
    static void stop() {
        agents.close();
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
