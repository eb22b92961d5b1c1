package dev.sesame.task;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.SseReader.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskStreamIT {
    private static SesameServer server;
    private static HttpUser owner;
    private static String ended;

    @BeforeAll
    static void start() {
        server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true", "EVENTS_PING_SECONDS", "1"));
        server.repository("app");
        owner = server.admin();
        ended = task("demo: text 3 1");
        try (SseReader reader = owner.stream(stream(ended), null)) {
            reader.rest();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_ended_task_is_told_from_0_to_its_end_and_the_stream_closes() {
        try (SseReader reader = owner.stream(stream(ended), null)) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("content-type")).isEqualTo("text/event-stream");
            assertThat(reader.header("cache-control")).isEqualTo("no-cache, no-transform");
            assertThat(reader.header("x-accel-buffering")).isEqualTo("no");

            List<Event> events = reader.rest();

            assertWhole(events);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.event()).isEqualTo("event");
                assertThat(event.json().get("seq").asText()).isEqualTo(event.id());
            });
            assertThat(events.getFirst().json().get("kind").asText()).isEqualTo("status");
            assertThat(events.getLast().json().get("kind").asText()).isEqualTo("done");
        }
    }

    @Test
    void from_any_point_the_rest_comes_by_header_or_by_parameter() {
        List<Event> all = read(owner, stream(ended), null);
        for (int i = 0; i < all.size() - 1; i++) {
            String id = all.get(i).id();
            List<Event> rest = all.subList(i + 1, all.size());
            assertThat(ids(read(owner, stream(ended), id))).isEqualTo(ids(rest));
            assertThat(ids(read(owner, stream(ended) + "?lastEventId=" + id, null)))
                    .isEqualTo(ids(rest));
            assertThat(ids(read(owner, stream(ended) + "?lastEventId=0", id))).isEqualTo(ids(rest));
        }
    }

    @Test
    void when_nothing_more_can_come_it_is_204() {
        String last = read(owner, stream(ended), null).getLast().id();

        try (SseReader reader = owner.stream(stream(ended), last)) {
            assertThat(reader.status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "0x1", "+1", "99999999999999999999", "1000000", " "})
    void a_place_that_is_none_is_400(String id) {
        assertProblem(owner.with("Last-Event-ID", id).get(stream(ended)), 400, "Last-Event-ID");
    }

    @Test
    void an_odd_parameter_is_400() {
        assertProblem(owner.get(stream(ended) + "?lastEventId="), 400, "lastEventId");
        assertProblem(owner.get(stream(ended) + "?lastEventId=-1"), 400, "lastEventId");
        assertProblem(owner.get(stream(ended) + "?fullText=all"), 400, "fullText");
    }

    @Test
    void anothers_task_is_not_there() {
        HttpUser other = server.user();

        assertProblem(other.get(stream(ended)), 404, "Task not found");
        assertProblem(other.get(stream("task_000000000000")), 404, "Task not found");
        assertProblem(server.anonymous().get(stream(ended)), 401, "Sign in");
    }

    @Test
    void the_full_text_comes_with_every_event_of_a_message_or_with_its_last_alone() {
        List<String> each = texts(read(owner, stream(ended), null));
        List<String> last = texts(read(owner, stream(ended) + "?fullText=last", null));

        assertThat(each).doesNotContain("").last().isEqualTo("1 2 3 ");
        assertThat(last.getLast()).isEqualTo("1 2 3 ");
        assertThat(last.subList(0, last.size() - 1)).allMatch(String::isEmpty);
    }

    @Test
    void a_reader_that_is_cut_off_again_and_again_misses_nothing_of_a_running_task() {
        String task = task("demo: text 60 30");
        List<Event> all = new ArrayList<>();
        @Nullable String last = null;
        while (true) {
            try (SseReader reader = owner.stream(stream(task), last)) {
                if (reader.status() == 204) {
                    break;
                }
                Event event = reader.nextButPings();
                for (int i = 0; i < 7 && event != null; i++, event = reader.nextButPings()) {
                    all.add(event);
                    last = event.id();
                }
            }
        }

        assertWhole(all);
        assertThat(all.getLast().json().get("kind").asText()).isEqualTo("done");
    }

    @Test
    void a_stream_survives_in_its_log_what_kills_the_server() {
        String task = task("demo: text 100 50");
        List<Event> all = new ArrayList<>();
        SseReader before = owner.stream(stream(task), null);
        all.addAll(before.until(event -> event.json().get("kind").asText().equals("message")));

        server.kill();
        server.restart();

        all.addAll(read(owner, stream(task), before.lastEventId()));
        assertWhole(all);
        assertThat(all)
                .filteredOn(event -> event.json().get("kind").asText().equals("done"))
                .hasSize(1);
        assertThat(texts(all).getLast()).endsWith(" 99 100 ");
    }

    @Test
    void idle_streams_are_pinged_and_end_when_the_session_the_key_or_its_permission_is_revoked() {
        HttpUser user = server.user();
        HttpUser key = server.keyOf(user);
        SseReader bySession = user.stream("/api/events", null);
        SseReader byKey = key.stream("/api/events", null);
        assertThat(Objects.requireNonNull(bySession.next())).isEqualTo(new Event(null, "ping", "keepalive"));

        String keyId =
                user.get("/api/auth/api-key/list").json().get(0).get("id").asText();
        user.post("/api/auth/api-key/delete", Map.of("keyId", keyId));
        assertThat(byKey.rest()).isEmpty();

        SseReader byAnother = server.keyOf(user).stream("/api/events", null);
        assertThat(Objects.requireNonNull(byAnother.next()).event()).isEqualTo("ping");
        String anotherId =
                user.get("/api/auth/api-key/list").json().get(0).get("id").asText();
        user.post(
                "/api/auth/api-key/update",
                Map.of("keyId", anotherId, "permissions", Map.of("repos", List.of("read"))));
        assertThat(byAnother.rest()).isEmpty();

        user.post("/api/auth/revoke-sessions", null);
        assertThat(bySession.rest()).isEmpty();
    }

    private static String task(String prompt) {
        var answer = owner.post("/api/tasks", Map.of("prompt", prompt, "repository", "app", "agent", "demo"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.text("id");
    }

    private static String stream(String task) {
        return "/api/tasks/" + task + "/stream";
    }

    private static List<Event> read(HttpUser user, String path, @Nullable String lastEventId) {
        try (SseReader reader = user.stream(path, lastEventId)) {
            assertThat(reader.status()).isEqualTo(200);
            return reader.rest();
        }
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(event -> String.valueOf(event.id())).toList();
    }

    private static void assertWhole(List<Event> events) {
        assertThat(ids(events))
                .isEqualTo(LongStream.range(0, events.size())
                        .mapToObj(Long::toString)
                        .toList());
    }

    private static List<String> texts(List<Event> events) {
        return events.stream()
                .map(Event::json)
                .filter(json -> json.get("kind").asText().equals("message"))
                .map(json -> json.path("fullText").asText())
                .toList();
    }
}
