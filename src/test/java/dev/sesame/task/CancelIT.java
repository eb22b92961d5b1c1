package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.sandbox.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cancel is answered soon, whatever the agent does with its wish.
final class CancelIT {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /// The first agent is stopped by its own command, so it hears of nothing any more, the second keeps talking, and so
    /// on.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo: run kill -STOP $PPID; sleep 600        | tool_call",
                "demo: flood 900000 1000                      | message",
                "'demo: stubborn\ndemo: fork 20\ndemo: sleep 600000' | tool_result",
                "demo: ask Go on                              | permission_request",
                "'demo: write a.txt 30000000\ndemo: sleep 600000' | tool_result",
            })
    void it_is_answered_within_3_seconds_and_leaves_nothing_alive(String prompt, String sign) {
        String id = world.create(prompt, Map.of("permissionMode", sign.startsWith("permission") ? "ask" : "auto"));
        world.awaitEvent(id, sign);

        long begin = System.nanoTime();
        Answer answer = world.user().post("/api/tasks/" + id + "/cancel", null);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.text("id")).isEqualTo(id);
        assertThat(answer.text("status")).isEqualTo("failed");
        assertThat(answer.json().path("error").path("code").asText()).isEqualTo("cancelled");
        assertThat(took).isLessThan(LIMIT);
        List<JsonNode> events = world.follow(id);
        assertThat(events.getLast().path("status").asText()).isEqualTo("failed");
        Runs.await("the last process to go", () -> processesNaming(id).isEmpty());
    }

    /// The supervisor and bubblewrap name the task's directory in their arguments.
    private static List<String> processesNaming(String id) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(id))
                .toList();
    }
}
