package dev.sesame.task;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.SseReader.Event;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TaskChangesIT {
    private final SesameServer server = SesameServer.shared();
    private final HttpUser user = server.user();

    @Test
    void every_change_of_a_task_comes_as_the_list_shows_it_and_its_deletion_too() {
        String repository = "changes-" + System.nanoTime();
        server.repository(repository);
        HttpUser other = server.user();
        try (SseReader reader = user.stream("/api/events", null);
                SseReader stranger = other.stream("/api/events", null)) {
            String task = create(repository);

            List<Event> changes = reader.until(event -> ended(event, task));

            assertThat(changes).allSatisfy(change -> {
                assertThat(change.event()).isEqualTo("task");
                assertThat(change.json().get("id").asText()).isEqualTo(task);
            });
            assertThat(changes)
                    .extracting(change -> Long.valueOf(change.id()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(changes.getLast().json())
                    .isEqualTo(user.get("/api/tasks").json().at("/tasks/0"));

            user.delete("/api/tasks/" + task);

            Event deleted = Objects.requireNonNull(reader.nextButPings());
            assertThat(deleted.event()).isEqualTo("deleted");
            assertThat(deleted.data()).isEqualTo("{\"id\":\"" + task + "\"}");
            create(repository, other);
            assertThat(Objects.requireNonNull(stranger.nextButPings())
                            .json()
                            .get("id")
                            .asText())
                    .isNotEqualTo(task);
        }
    }

    @Test
    void what_changed_while_the_reader_was_away_comes_when_it_is_back() {
        String repository = "away-" + System.nanoTime();
        server.repository(repository);
        SseReader before = user.stream("/api/events", null);
        String first = create(repository);
        Event seen = Objects.requireNonNull(before.nextButPings());
        assertThat(seen.json().get("id").asText()).isEqualTo(first);
        before.close();

        String second = create(repository);

        try (SseReader after = user.stream("/api/events", seen.id())) {
            assertThat(after.until(event -> ended(event, second)))
                    .extracting(event -> event.json().get("id").asText())
                    .contains(first, second);
        }
        try (SseReader all = user.stream("/api/events?lastEventId=0", null)) {
            assertThat(all.until(event -> ended(event, second))).isNotEmpty();
        }
    }

    @Test
    void a_place_that_is_none_is_400() {
        for (String bad : new String[] {"x", "-1", "1", "1.5"}) {
            assertProblem(user.with("Last-Event-ID", bad).get("/api/events"), 400, "Last-Event-ID");
            assertProblem(user.get("/api/events?lastEventId=" + bad), 400, "");
        }
        assertProblem(server.anonymous().get("/api/events"), 401, "Sign in");
    }

    private String create(String repository) {
        return create(repository, user);
    }

    private static String create(String repository, HttpUser user) {
        return user.post("/api/tasks", Map.of("prompt", "demo: text 2 1", "repository", repository, "agent", "demo"))
                .text("id");
    }

    private static boolean ended(Event event, String task) {
        return event.json().path("id").asText().equals(task)
                && event.json().path("status").asText().matches("completed|failed");
    }
}
