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

/// The real CLIs on the real server, calling a tool of an MCP server that is started in the sandbox, and of one over
/// HTTP.
@Tag("agents")
class AgentsWithMcpIT {
    private static final String SECRET = "greeter-secret-value";
    private static AgentWorld agents;
    private static TaskWorld world;
    private static HttpGreeter greeter;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        agents = AgentWorld.start(directory, Map.of());
        agents.addGreeter(directory, Map.of("GREETER_TOKEN", SECRET));
        world = agents.tasks();
        greeter = new HttpGreeter(SECRET);
        var server = Map.of(
                "name", "webgreeter", "url", greeter.url(), "headers", Map.of("Authorization", "Bearer " + SECRET));
        assertThat(world.user().post("/api/mcp-servers", server).status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        agents.close();
        greeter.close();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-code, claude-sonnet-4-5,           greeter,    and all",
        "codex,       gpt-5.2-codex,               greeter,    and all",
        "gemini,      gemini-2.5-flash,            greeter,    and all",
        "opencode,    anthropic/claude-sonnet-4-5, greeter,    and all",
        "copilot,     claude-sonnet-4-5,           greeter,    and all",
        "claude-code, claude-sonnet-4-5,           webgreeter, by HTTP",
        "codex,       gpt-5.2-codex,               webgreeter, by HTTP",
        "gemini,      gemini-2.5-flash,            webgreeter, by HTTP",
        "opencode,    anthropic/claude-sonnet-4-5, webgreeter, by HTTP",
        "copilot,     claude-sonnet-4-5,           webgreeter, by HTTP"
    })
    void theToolIsCalledAndNamedWithItsServerAlsoInAFollowUp(String agent, String model, String server, String how) {
        String id = world.create(
                "[[mock:mcp]] go",
                Map.of("agent", agent, "model", model, "branch", "greeter", "mcpServers", List.of(server)));
        List<JsonNode> events = world.follow(id);
        assertGreeted(events, server, how);

        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "[[mock:mcp]] again"));
        List<JsonNode> all = world.follow(id);
        assertGreeted(all.subList(events.size(), all.size()), server, how);
        assertThat(all.toString()).doesNotContain(SECRET);
        assertThat(world.get(id).path("mcpServers").toString()).isEqualTo("[\"" + server + "\"]");
    }

    private static void assertGreeted(List<JsonNode> events, String server, String how) {
        assertThat(events.getLast().path("status").asText()).as("%s", events).isEqualTo("completed");
        assertThat(events.stream()
                        .filter(event -> event.path("kind").asText().equals("tool_result"))
                        .map(event -> event.at("/toolResult/name").asText() + ": "
                                + event.at("/toolResult/output").asText()))
                .as("%s", events)
                .singleElement()
                .asString()
                .startsWith(server + ".greet: ")
                .contains("Hello Ada, " + SECRET.length() + " [redacted] " + how);
    }
}
