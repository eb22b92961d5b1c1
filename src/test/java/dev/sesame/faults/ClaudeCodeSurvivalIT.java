package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.task.AgentWorld;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real CLI, which waits for a person while the server dies again and again.
@Tag("agents")
class ClaudeCodeSurvivalIT {
    private AgentWorld agents;
    private TaskWorld world;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        agents = AgentWorld.start(directory, Map.of());
        world = agents.tasks();
    }

    @AfterEach
    void stop() {
        agents.close();
    }

    @Test
    void aPermissionThatIsAskedOutlivesFiveKills() {
        String id = world.create("[[mock:perm]] go", Map.of("agent", "claude-code", "permissionMode", "ask"));
        JsonNode first = world.awaitEvent(id, "permission_request");
        killAndRestart();
        killAndRestart();
        assertThat(world.get(id).path("phase").asText()).isEqualTo("awaiting_permission");
        allow(id, first);
        killAndRestart();
        JsonNode second = world.awaitEvent(id, first.path("seq").asLong(), "permission_request");
        killAndRestart();
        allow(id, second);
        killAndRestart();

        List<JsonNode> log = world.follow(id);
        Logs.assertWhole(log);
        assertThat(Logs.messages(log))
                .containsExactly("I will write a file.", "And a command.", "Finished after permissions.");
        assertThat(log.stream()
                        .map(event -> event.path("permissionResponse"))
                        .filter(JsonNode::isObject)
                        .map(response -> response.path("requestId").asText()
                                + response.path("decision").asText()))
                .containsExactly(requestId(first) + "allow", requestId(second) + "allow");
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
        assertThat(task.path("attempt").asInt()).isEqualTo(1);
        assertThat(world.repository.run("show", task.path("branch").asText() + ":hello.txt"))
                .startsWith("hello from the model");
    }

    private void killAndRestart() {
        world.server.kill();
        world.server.restart();
    }

    private void allow(String id, JsonNode request) {
        assertThat(world.user()
                        .post("/api/tasks/" + id + "/permissions/" + requestId(request), Map.of("decision", "allow"))
                        .status())
                .isEqualTo(200);
    }

    private static String requestId(JsonNode request) {
        return request.path("permissionRequest").path("requestId").asText();
    }
}
