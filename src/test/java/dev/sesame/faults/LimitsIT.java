package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.sandbox.Runs;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a task may use at most, each with the code of its own.
class LimitsIT {
    private static final long MEMORY = 300L << 20;

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of(
                "TASKS_MAX_OUTPUT_BYTES", "1000000",
                "TASKS_MAX_EVENTS", "300",
                "TASKS_MAX_MEMORY_BYTES", Long.toString(MEMORY),
                "TASKS_SILENCE_MINUTES", "1",
                "TASKS_PERMISSION_TIMEOUT_MINUTES", "1"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void outputAboveTheLimitEndsTheAttempt() {
        String id = world.create("demo: write out.txt 5\ndemo: flood 100000 1000\ndemo: sleep 60000");
        assertThat(failure(id)).isEqualTo("output_limit");
        assertThat(world.user().get("/api/tasks/" + id + "/diff").body()).contains("out.txt");
    }

    @Test
    void outputAboveTheLimitEndsTheAttemptAlsoWhileNoServerIsThere() throws IOException {
        String id = world.create("demo: text 1 0\ndemo: sleep 2000\ndemo: flood 100000 1000");
        world.awaitEvent(id, "message");
        world.server.kill();
        Runs.await("the agent's end", () -> Files.exists(world.spool(id).resolve("exit")));
        assertThat(Files.size(world.spool(id).resolve("out"))).isBetween(1_000_001L, 1_000_512L);
        world.server.restart();
        assertThat(failure(id)).isEqualTo("output_limit");
    }

    @Test
    void moreEventsThanTheLimitEndTheAttempt() {
        assertThat(failure(world.create("demo: noise\n".repeat(300) + "demo: sleep 60000")))
                .isEqualTo("output_limit");
    }

    @Test
    void anAgentThatDiesOfTheMemoryLimitSaysSo() {
        String id = world.create("demo: run head -c 900M /dev/zero >/tmp/large\ndemo: sleep 60000");
        List<JsonNode> log = world.follow(id);
        assumeFalse(log.toString().contains("memory not limited"), "no control group for memory can be made here");
        assertThat(Logs.code(world.get(id))).as(log.toString()).isEqualTo("memory_limit");
        assertThat(world.get(id).path("error").path("message").asText()).contains("tasks.maxMemoryBytes");
    }

    @Test
    void anAgentThatSurvivesTheMemoryLimitGetsAWarning() {
        String id = world.create("demo: run head -c 900M /dev/zero | tail | wc -c");
        List<JsonNode> log = world.follow(id);
        assumeFalse(log.toString().contains("memory not limited"), "no control group for memory can be made here");
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        assertThat(log)
                .anySatisfy(
                        event -> assertThat(event.path("logMessage").asText()).contains("tasks.maxMemoryBytes"));
    }

    @Test
    @Tag("faults")
    void silenceDurationAndAnUnansweredRequestEndEachInItsWay() {
        String silent = world.create("demo: sleep 300000");
        String longer = world.create("demo: text 100000 500", Map.of("maxDurationMinutes", 1));
        String asks = world.create("demo: ask Do it", Map.of("permissionMode", "ask"));

        assertThat(failure(silent)).isEqualTo("agent_silent");
        assertThat(failure(longer)).isEqualTo("time_limit");
        JsonNode response = world.awaitEvent(asks, "permission_response").path("permissionResponse");
        assertThat(response.path("decision").asText()).isEqualTo("deny");
        assertThat(response.path("decidedBy").asText()).isEqualTo("timeout");
        world.follow(asks);
        assertThat(world.get(asks).path("status").asText()).isEqualTo("completed");
    }

    private static String failure(String id) {
        List<JsonNode> log = world.follow(id);
        Logs.assertWhole(log);
        assertThat(log.get(log.size() - 2).path("errorCode").asText()).isEqualTo(Logs.code(world.get(id)));
        return Logs.code(world.get(id));
    }
}
