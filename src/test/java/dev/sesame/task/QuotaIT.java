package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An agent whose quota is used up, and that said until when.
class QuotaIT {
    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of("TASKS_QUOTA_TIMEOUT_MINUTES", "60"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theTaskWaitsAndGoesOnByItselfAlsoAcrossARestart() {
        String id = world.create("demo: quota 4000");
        awaitPhase(id, "awaiting_quota");

        world.server.kill();
        world.server.restart();
        List<JsonNode> events = world.follow(id);

        assertThat(phases(events)).containsSubsequence("running", "awaiting_quota", "running");
        assertThat(phases(events)).containsOnlyOnce("awaiting_quota");
        assertThat(logs(events)).anyMatch(log -> log.contains("goes on by itself at 20"));
        assertThat(events.getLast().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aWaitingTaskCanBeCancelled() {
        String id = world.create("demo: quota 600000");
        awaitPhase(id, "awaiting_quota");

        assertThat(world.user().post("/api/tasks/" + id + "/cancel", Map.of()).status())
                .isEqualTo(200);
        assertThat(world.get(id).path("error").path("code").asText()).isEqualTo("cancelled");
    }

    @Test
    void aWaitThatWouldBeTooLongFailsAsRetryable() {
        String id = world.create("demo: quota 36000000");
        List<JsonNode> events = world.follow(id);

        assertThat(world.get(id).path("error").path("code").asText()).isEqualTo("quota_exhausted");
        assertThat(events).anyMatch(event -> event.path("retryable").asBoolean());
        assertThat(phases(events)).doesNotContain("awaiting_quota");
    }

    private static void awaitPhase(String id, String phase) {
        try (var stream = world.user().stream("/api/tasks/" + id + "/stream", null)) {
            stream.until(event -> phase.equals(event.json().path("phase").asText()));
        }
    }

    private static List<String> phases(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("phase").asText())
                .filter(phase -> !phase.isEmpty())
                .toList();
    }

    private static List<String> logs(List<JsonNode> events) {
        return events.stream().map(event -> event.path("logMessage").asText()).toList();
    }
}
