package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.sandbox.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a task says of where it works, and what stays of that place.
final class WorkspaceIT {

    private static final String SCRIPT = "demo: write kept.txt 5";

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void the_first_log_says_that_the_network_is_the_hosts() {
        List<JsonNode> logs = world.follow(world.create(SCRIPT)).stream()
                .filter(e -> e.path("kind").asText().equals("log"))
                .toList();
        assertThat(logs.getFirst().path("logMessage").asText())
                .startsWith("Isolation: ")
                .endsWith("The network is the host's own.");
    }

    @Test
    void the_workspace_goes_with_the_end_of_the_task() {
        String id = world.create(SCRIPT);
        world.follow(id);
        Runs.await("the workspace to go", () -> Files.notExists(attempt(id)));
    }

    /// What is beside it goes, and is the sign that the cleaning is over.
    @Test
    void a_task_that_is_kept_alive_keeps_its_workspace() {
        String id = world.create(SCRIPT, Map.of("keepAlive", true));
        world.follow(id);
        assertThat(world.get(id).path("keepAlive").asBoolean()).isTrue();
        Runs.await("all else to go", () -> {
            try (var left = Files.list(attempt(id))) {
                return left.map(Path::getFileName).map(Path::toString).toList().equals(List.of("workspace"));
            }
        });
        assertThat(attempt(id).resolve("workspace/kept.txt")).exists();
    }

    private static Path attempt(String id) {
        return world.server.dataDirectory().resolve("tasks").resolve(id).resolve("1");
    }
}
