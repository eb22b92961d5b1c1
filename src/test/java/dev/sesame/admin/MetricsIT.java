package dev.sesame.admin;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.task.TaskWorld;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsIT {
    private static final String TOKEN = "the-monitor's-token";

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of("METRICS_TOKEN", TOKEN));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theyTellOfTasksStreamsAndTheMachineInPrometheusText() {
        world.follow(world.create("demo: text 1 0"));
        String running = world.create("demo: text 10000 5");
        try (SseReader stream = world.user().stream("/api/tasks/" + running + "/stream", null)) {
            stream.next();
            Answer answer = monitor("Bearer " + TOKEN).get("/metrics");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).startsWith("text/plain; version=0.0.4");
            assertThat(answer.body().lines())
                    .contains(
                            "sesame_tasks{status=\"completed\"} 1.0",
                            "sesame_tasks{status=\"processing\"} 1.0",
                            "sesame_tasks{status=\"failed\"} 0.0",
                            "sesame_open_streams 1.0",
                            "sesame_database_healthy 1.0")
                    .anyMatch(line -> line.startsWith("sesame_build_info{database=\"SQLite\",version="))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"));
        } finally {
            world.user().post("/api/tasks/" + running + "/cancel", Map.of());
        }
    }

    @Test
    void onlyWhoHasTheTokenGetsThem() {
        assertProblem(monitor("Bearer " + TOKEN + "x").get("/metrics"), 401, "metrics.token");
        assertProblem(world.user().get("/metrics"), 401, "metrics.token");
        assertThat(world.server.anonymous().get("/metrics").header("www-authenticate"))
                .isEqualTo("Bearer");
        assertProblem(SesameServer.shared().admin().get("/metrics"), 404, "metrics.token");
    }

    private static HttpUser monitor(String authorization) {
        return world.server.anonymous().with("Authorization", authorization);
    }
}
