package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.sandbox.Runs;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a server forgets when it is time, and what of that a user notices. Time passes while the server is
/// stopped: what is stored is made older.
final class RetentionIT {

    private static final Duration SESSION = Duration.ofDays(7);
    private static final Duration KEY = Duration.ofHours(24);
    private static final Duration WHILE = Duration.ofMinutes(10);
    private static final String LOST =
            "The agent's session is gone; it starts a new one and gets the earlier messages as context";

    private TaskWorld world;

    @BeforeEach
    void start() {
        world = new TaskWorld(Map.of());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_follow_up_after_the_session_was_removed_says_so_and_goes_on_with_what_was_said() throws SQLException {
        String kept = ended("kept");
        String lost = ended("lost");
        world.server.stop();
        age("task", "completed_at", "id", kept, SESSION.minus(WHILE));
        age("task", "completed_at", "id", lost, SESSION.plus(WHILE));
        age("idempotency_key", "created_at", "key_text", "kept", KEY.minus(WHILE));
        age("idempotency_key", "created_at", "key_text", "lost", KEY.plus(WHILE));
        world.server.restart();
        Runs.await("the end of the sweep", () -> !keyIsThere("lost"));

        assertThat(home(kept)).isDirectory();
        assertThat(home(lost)).doesNotExist();
        assertThat(followUp(kept)).noneMatch(LOST::equals).anyMatch(text -> text.startsWith("Welcome back!"));
        assertThat(followUp(lost))
                .contains(LOST)
                .anyMatch(text -> text.contains("I was told what was said before: 2 messages"));

        assertThat(create("kept").text("id")).isEqualTo(kept);
        Answer again = create("lost");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("id")).isNotEqualTo(lost);
    }

    private String ended(String key) {
        String id = create(key).text("id");
        world.follow(id);
        return id;
    }

    private Answer create(String key) {
        return world.user().with("Idempotency-Key", key).post("/api/tasks", TaskWorld.body("demo: text 3 1", Map.of()));
    }

    /// Returns what the log and the agent say in the attempt that the follow-up makes.
    private List<String> followUp(String id) {
        int before = world.follow(id).size();
        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "Hello"));
        world.awaitDone(id, before - 1);
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as("%s", task).isEqualTo("completed");
        List<JsonNode> events = world.follow(id);
        return events.subList(before, events.size()).stream()
                .map(e -> e.has("logMessage")
                        ? e.path("logMessage").asText()
                        : e.path("fullText").asText())
                .toList();
    }

    private Path home(String id) {
        return world.server.dataDirectory().resolve("tasks").resolve(id).resolve("home");
    }

    private void age(String table, String column, String key, String value, Duration by) throws SQLException {
        String sql = "UPDATE %s SET %s = %s - ? WHERE %s = ?".formatted(table, column, column, key);
        try (Connection connection = database();
                var update = connection.prepareStatement(sql)) {
            update.setLong(1, by.toMillis());
            update.setString(2, value);
            assertThat(update.executeUpdate()).as(sql).isEqualTo(1);
        }
    }

    private boolean keyIsThere(String key) throws SQLException {
        try (Connection connection = database();
                var query = connection.prepareStatement("SELECT 1 FROM idempotency_key WHERE key_text = ?")) {
            query.setString(1, key);
            return query.executeQuery().next();
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:" + world.server.dataDirectory().resolve("sesame.db"));
    }
}
