package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.HttpUser;
import dev.sesame.sandbox.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whose task is next, on a server that runs four at once and two of a user.
final class QueueIT {

    private static final String LONG = "demo: sleep 600000";

    private static TaskWorld world;
    private static int users;

    private final List<HttpUser> all = new ArrayList<>();
    private HttpUser ada;
    private HttpUser bob;
    private HttpUser carol;

    @BeforeAll
    static void start() {
        world = new TaskWorld(
                Map.of("ALLOW_USER_REGISTRATION", "true", "TASKS_MAX_RUNNING", "4", "TASKS_MAX_RUNNING_PER_USER", "2"));
        var _ = world.user();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void signUp() {
        ada = user();
        bob = user();
        carol = user();
    }

    @AfterEach
    void freeAllPlaces() {
        for (String status : List.of("pending", "processing")) {
            for (HttpUser user : all) {
                user.get("/api/tasks?status=" + status)
                        .json()
                        .path("tasks")
                        .findValuesAsText("id")
                        .forEach(id -> cancel(user, id));
            }
        }
    }

    @Test
    void the_limit_of_a_user_holds_while_others_tasks_run_and_a_place_is_free() {
        begin(ada);
        begin(ada);
        String third = create(ada, LONG);

        begin(bob); // which was asked for later
        assertWaiting(ada, third);
    }

    @Test
    void the_tasks_of_a_user_begin_first_come_first_served() {
        String first = begin(ada);
        begin(ada);
        List<String> waiting = List.of("1", "2", "3", "4").stream()
                .map(n -> create(ada, "demo: text " + n + " 1"))
                .toList();
        waiting.forEach(id -> assertWaiting(ada, id));

        cancel(ada, first); // the one place that they all come to
        waiting.forEach(id -> awaitEnd(ada, id));
        List<JsonNode> ended = waiting.stream().map(id -> get(ada, id)).toList();
        assertThat(ended)
                .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("completed"));
        for (int i = 1; i < ended.size(); i++) {
            assertThat(ended.get(i).path("startedAt").asText())
                    .isGreaterThanOrEqualTo(ended.get(i - 1).path("completedAt").asText());
        }
    }

    @Test
    void who_has_many_waiting_holds_up_nobody_elses_first() {
        String running = begin(ada);
        begin(ada);
        begin(carol);
        begin(carol);
        List<String> many = List.of(create(ada, LONG), create(ada, LONG), create(ada, LONG));
        String only = create(bob, LONG);
        assertWaiting(bob, only);

        cancel(ada, running);
        awaitBegin(bob, only);
        many.forEach(id -> assertWaiting(ada, id));
    }

    @Test
    void who_was_served_last_comes_after_who_was_not_though_they_wait_longer() {
        String running = begin(ada);
        for (HttpUser other : List.of(carol, user(), user())) {
            begin(other);
        }
        List<String> many = List.of(create(ada, LONG), create(ada, LONG));
        String only = create(bob, LONG);

        cancel(ada, running); // now neither runs one
        awaitBegin(bob, only);
        many.forEach(id -> assertWaiting(ada, id));
    }

    private HttpUser user() {
        users++;
        HttpUser user = world.server.signUp("User " + users, "queue-" + users + "@example.com");
        all.add(user);
        return user;
    }

    /// A task that runs until it is cancelled.
    private static String begin(HttpUser user) {
        String id = create(user, LONG);
        awaitBegin(user, id);
        return id;
    }

    private static String create(HttpUser user, String prompt) {
        return user.post("/api/tasks", TaskWorld.body(prompt, Map.of())).text("id");
    }

    private static void cancel(HttpUser user, String id) {
        assertThat(user.post("/api/tasks/" + id + "/cancel", null).status()).isEqualTo(200);
    }

    private static void awaitBegin(HttpUser user, String id) {
        Runs.await("the begin of " + id, () -> !status(user, id).equals("pending"));
    }

    private static void awaitEnd(HttpUser user, String id) {
        Runs.await("the end of " + id, () -> get(user, id).has("completedAt"));
    }

    private static void assertWaiting(HttpUser user, String id) {
        assertThat(status(user, id)).isEqualTo("pending");
        JsonNode log = user.get("/api/tasks/" + id + "/events").json();
        assertThat(log.path("events").isArray()).as("%s", log).isTrue();
        assertThat(log.path("events")).isEmpty();
    }

    private static String status(HttpUser user, String id) {
        return get(user, id).path("status").asText();
    }

    private static JsonNode get(HttpUser user, String id) {
        return user.get("/api/tasks/" + id).json();
    }
}
