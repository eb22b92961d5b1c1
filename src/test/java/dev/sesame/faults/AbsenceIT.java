package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.SseReader;
import dev.sesame.sandbox.Runs;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// While no server is there.
class AbsenceIT {
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
    void anAgentWorksToItsEndWithoutAServer() {
        String id = world.create("demo: text 40 50\ndemo: write out.txt 5");
        world.awaitEvent(id, "message");
        world.server.kill();
        Runs.await("the agent's last word", () -> isDone(id));
        world.server.restart();

        assertCompleted(id, 40);
        assertThat(world.repository.run(
                        "cat-file", "-s", world.get(id).path("branch").asText() + ":out.txt"))
                .isEqualTo("5");
    }

    @Test
    void aCancelHoldsAlsoWhenTheAgentFailedBeforeAServerSawIt() throws Exception {
        String id = world.create("demo: text 3 0\ndemo: sleep 1500\ndemo: crash 3");
        world.awaitEvent(id, "message");
        world.server.kill();
        requestCancel(id); // as the server did that was killed then, or another one on the same database
        Runs.await("the agent's end", () -> Files.exists(world.spool(id).resolve("exit")));
        world.server.restart();

        Logs.assertWhole(world.follow(id));
        assertThat(Logs.code(world.get(id))).isEqualTo("cancelled");
    }

    private static void requestCancel(String id) throws SQLException {
        try (Connection outside = DriverManager.getConnection(
                        "jdbc:sqlite:" + world.server.dataDirectory().resolve("sesame.db"));
                PreparedStatement update =
                        outside.prepareStatement("UPDATE task SET cancel_requested_at = 1 WHERE id = ?")) {
            update.setString(1, id);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    @Tag("faults")
    void anAgentGoesOnThroughThirtySeconds() throws Exception {
        String id = world.create("demo: text 400 100");
        world.awaitEvent(id, "message");
        world.server.kill();
        Thread.sleep(Duration.ofSeconds(30));
        world.server.restart();

        assertCompleted(id, 400);
    }

    @Test
    void aStopEndsStreamsAtOnceAndTheyGoOnAtTheNextServer() {
        String id = world.create("demo: text 40 50");
        try (SseReader stream = world.user().stream("/api/tasks/" + id + "/stream", null)) {
            List<SseReader.Event> seen =
                    stream.until(event -> event.json().path("kind").asText().equals("message"));
            long begin = System.nanoTime();
            world.server.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            seen.addAll(stream.rest());
            world.server.restart();

            try (SseReader next = world.user().stream("/api/tasks/" + id + "/stream", stream.lastEventId())) {
                seen.addAll(next.rest());
            }
            Logs.assertWhole(seen.stream().map(SseReader.Event::json).toList());
        }
    }

    /// An upgrade: the server is told to end while it reads what agents say, clones, commits.
    @Test
    void aStopLeavesEveryTaskToTheNextServerWhateverItIsAt() {
        List<String> talking = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            talking.add(world.create("demo: text 2000 1\ndemo: write out.txt 5"));
        }
        world.awaitEvent(talking.getFirst(), "message");
        for (int stop = 0; stop < 3; stop++) {
            talking.add(world.create("demo: text 2000 1\ndemo: write out.txt 5"));
            world.server.stop();
            world.server.restart();
        }
        talking.forEach(id -> assertCompleted(id, 2000));
    }

    private static void assertCompleted(String id, int numbers) {
        List<JsonNode> log = world.follow(id);
        Logs.assertWhole(log);
        assertThat(Logs.messages(log)).containsExactly(Plot.numbers(numbers));
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        assertThat(world.get(id).path("attempt").asInt()).isEqualTo(1);
    }

    /// It says so in its spool, and waits to be told more.
    private static boolean isDone(String id) throws IOException {
        return Files.readString(world.spool(id).resolve("out")).contains("out.txt");
    }
}
