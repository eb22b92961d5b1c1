package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.sandbox.Runs;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The list that is asked for again and again, through all that can happen to a task.
final class FirstPagesIT {
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
    void it_shows_what_each_task_shows_at_every_moment() {
        String id = world.create(
                "demo: text 20 10\ndemo: write out.txt 5\ndemo: ask Go on", Map.of("permissionMode", "ask"));
        JsonNode asked = watch(id, "awaiting_permission");
        assertThat(asked.path("baseBranch").asText()).isEqualTo("main");
        String request = world.awaitEvent(id, "permission_request")
                .path("permissionRequest")
                .path("requestId")
                .asText();
        assertThat(world.user()
                        .post("/api/tasks/" + id + "/permissions/" + request, Map.of("decision", "allow"))
                        .status())
                .isEqualTo(200);
        JsonNode ended = watch(id, "completed");
        assertThat(ended.path("usage").path("outputTokens").asLong()).isPositive();
        assertThat(ended.path("commit").asText()).isNotEmpty();

        var followUp = Map.of("prompt", "demo: text 5 10\ndemo: crash 3");
        assertThat(world.user().post("/api/tasks/" + id + "/messages", followUp).status())
                .isEqualTo(201);
        assertThat(watch(id, "failed").path("attempt").asInt()).isEqualTo(2);

        assertThat(world.user().delete("/api/tasks/" + id).status()).isEqualTo(204);
        assertThat(listed(id)).isEmpty();
    }

    /// @param until a status or a phase
    private static JsonNode watch(String id, String until) {
        int compared = 0;
        long deadline = System.nanoTime() + Runs.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode before = listed(id).orElseThrow();
            ObjectNode whole = (ObjectNode) world.get(id);
            if (before.equals(listed(id).orElseThrow())) {
                whole.remove("prompt");
                whole.remove("messages");
                assertThat(before).isEqualTo(whole);
                compared++;
                boolean there = whole.path("status").asText().equals(until)
                        || whole.path("phase").asText().equals(until);
                if (there && compared > 1) {
                    return whole;
                }
            }
        }
        return fail("It never was " + until + ": " + world.get(id));
    }

    private static Optional<JsonNode> listed(String id) {
        JsonNode tasks = world.user().get("/api/tasks").json().path("tasks");
        return StreamSupport.stream(tasks.spliterator(), false)
                .filter(task -> task.path("id").asText().equals(id))
                .findFirst();
    }
}
