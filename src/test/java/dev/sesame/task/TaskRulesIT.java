package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the task API refuses and how it says so; paging, counting, idempotency, and that others' tasks are not there.
/// Nothing may run here (a limit of one, taken), so nothing changes under the tests.
final class TaskRulesIT {

    private static final String SECRET = "mail-password-0123456789";

    private static TaskWorld world;
    private static String busy;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of("ALLOW_USER_REGISTRATION", "true", "TASKS_MAX_RUNNING", "1", "SMTP_PASS", SECRET));
        busy = world.create("demo: sleep 600000");
        world.awaitEvent(busy, "status");
    }

    @AfterAll
    static void stop() {
        world.user().post("/api/tasks/" + busy + "/cancel", null);
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt     | {\"repository\":\"app\"}",
                "prompt     | {\"prompt\":\"\",\"repository\":\"app\"}",
                "prompt     | {\"prompt\":\"  \\n \",\"repository\":\"app\"}",
                "prompt     | {\"prompt\":5,\"repository\":\"app\"}",
                "prompt     | {\"prompt\":null,\"repository\":\"app\"}",
                "prompt     | {\"prompt\":\"a\\u0000b\",\"repository\":\"app\"}",
                "prompt     | {\"prompt\":\"a\\ud800b\",\"repository\":\"app\"}",
                "prompt     | {\"prompt\":\"x\",\"prompt\":\"y\",\"repository\":\"app\"}",
                "repository | {\"prompt\":\"x\"}",
                "repository | {\"prompt\":\"x\",\"repository\":\"../etc\"}",
                "repository | {\"prompt\":\"x\",\"repository\":\"a/b/c/../d\"}",
                "repository | {\"prompt\":\"x\",\"repository\":\"-u\"}",
                "repository | {\"prompt\":\"x\",\"repository\":\"a\\nb\"}",
                "agent      | {\"prompt\":\"x\",\"repository\":\"app\",\"agent\":\"nobody\"}",
                "agent      | {\"prompt\":\"x\",\"repository\":\"app\",\"agent\":[\"demo\"]}",
                "branch     | {\"prompt\":\"x\",\"repository\":\"app\",\"branch\":\"a..b\"}",
                "branch     | {\"prompt\":\"x\",\"repository\":\"app\",\"branch\":\"--upload-pack=x\"}",
                "permissionMode | {\"prompt\":\"x\",\"repository\":\"app\",\"permissionMode\":\"never\"}",
                "keepAlive  | {\"prompt\":\"x\",\"repository\":\"app\",\"keepAlive\":\"true\"}",
                "pullRequest | {\"prompt\":\"x\",\"repository\":\"app\",\"pullRequest\":\"yes\"}",
                "maxDurationMinutes | {\"prompt\":\"x\",\"repository\":\"app\",\"maxDurationMinutes\":0}",
                "maxDurationMinutes | {\"prompt\":\"x\",\"repository\":\"app\",\"maxDurationMinutes\":1.5}",
                "maxDurationMinutes | {\"prompt\":\"x\",\"repository\":\"app\",\"maxDurationMinutes\":\"5\"}",
                "colour     | {\"prompt\":\"x\",\"repository\":\"app\",\"colour\":\"red\"}",
            })
    void a_wrong_field_is_refused_by_its_name_and_nothing_is_created(String field, String body) {
        long before = total(world.user(), "");
        Answer answer = world.user().send("POST", "/api/tasks", body);
        assertProblem(answer, 400, "bad-request");
        assertThat(answer.text("detail")).contains(field);
        assertThat(total(world.user(), "")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"prompt\":\"x\"} trailing", "{'prompt':1}"})
    void a_body_that_is_no_json_object_is_refused(String body) {
        assertProblem(world.user().send("POST", "/api/tasks", body), 400, "bad-request");
    }

    @Test
    void a_prompt_may_have_65536_characters_and_no_more() {
        String longest = "x".repeat(65_536);
        assertThat(world.user()
                        .post("/api/tasks", TaskWorld.body(longest, Map.of()))
                        .status())
                .isEqualTo(201);
        assertProblem(world.user().post("/api/tasks", TaskWorld.body(longest + "x", Map.of())), 400, "bad-request");
        assertProblem(
                world.user().post("/api/tasks", TaskWorld.body("x".repeat(1 << 20), Map.of())),
                413,
                "payload-too-large");
    }

    @Test
    void another_content_type_is_refused() {
        assertProblem(
                world.user().with("Content-Type", "text/plain").send("POST", "/api/tasks", "{}"),
                415,
                "unsupported-media-type");
    }

    @Test
    void what_lacks_a_credential_is_understood_and_refused() {
        Answer agent = world.user().post("/api/tasks", Map.of("prompt", "x", "repository", "app"));
        assertProblem(agent, 422, "unprocessable-entity");
        assertThat(agent.text("detail")).contains("ANTHROPIC_API_KEY");
        Answer host = world.user().post("/api/tasks", Map.of("prompt", "x", "repository", "octo/cat", "agent", "demo"));
        assertProblem(host, 422, "unprocessable-entity");
        assertThat(host.text("detail")).contains("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=done",
                "status=",
                "limit=0",
                "limit=-1",
                "limit=x",
                "limit=1.5",
                "offset=-1",
                "offset=x",
                "offset=99999999999999999999",
                "agent=an-agent-with-more-than-32-letters-x"
            })
    void a_wrong_parameter_of_the_list_is_refused_by_its_name(String query) {
        Answer answer = world.user().get("/api/tasks?" + query);
        assertProblem(answer, 400, "bad-request");
        assertThat(answer.text("detail")).contains(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "after=-2", "limit=0", "limit=x"})
    void a_wrong_parameter_of_the_log_is_refused(String query) {
        String id = world.create("demo: text 1 1");
        assertProblem(world.user().get("/api/tasks/" + id + "/events?" + query), 400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_unknown000000", "..", "%2e%2e%2fx", "a%00b", "a%0ab", "%F0%9F", "' OR 1=1"})
    void an_unknown_task_is_not_found_whatever_its_id(String id) {
        Answer answer = world.user().get("/api/tasks/" + id.replace(" ", "%20"));
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
    }

    @Test
    void the_list_is_newest_first_in_pages_and_counts_all() {
        HttpUser user = world.server.signUp("Lister", "lister@example.com");
        List<String> ids = List.of("a", "b", "c", "d", "e").stream()
                .map(title ->
                        user.post("/api/tasks", TaskWorld.body(title, Map.of())).text("id"))
                .toList();
        JsonNode all = user.get("/api/tasks").json();
        assertThat(all.path("total").asInt()).isEqualTo(5);
        assertThat(all.path("tasks")).extracting(t -> t.path("id").asText()).containsExactlyElementsOf(ids.reversed());
        JsonNode page = user.get("/api/tasks?limit=2&offset=1&status=pending").json();
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("tasks")).extracting(t -> t.path("title").asText()).containsExactly("d", "c");
        assertThat(total(user, "?status=completed")).isZero();
        assertThat(user.get("/api/tasks?limit=100000").status()).isEqualTo(200);
    }

    @Test
    void a_page_has_50_tasks_unless_another_number_up_to_200_is_asked_for() {
        HttpUser user = world.server.signUp("Collector", "collector@example.com");
        for (int i = 0; i < 201; i++) {
            user.post("/api/tasks", TaskWorld.body("Task " + i, Map.of()));
        }
        Map<String, Integer> sizes =
                Map.of("", 50, "?limit=199", 199, "?limit=200", 200, "?limit=201", 200, "?limit=99999999999", 200);
        sizes.forEach((query, size) -> {
            JsonNode page = user.get("/api/tasks" + query).json();
            assertThat(page.path("tasks")).as(query).hasSize(size);
            assertThat(page.path("total").asInt()).as(query).isEqualTo(201);
        });
        assertThat(user.get("/api/tasks?limit=500&offset=200").json().path("tasks"))
                .hasSize(1);
    }

    @Test
    void the_list_is_searched_by_words_agent_and_repository() {
        HttpUser user = world.server.signUp("Finder", "finder@example.com");
        for (String title : List.of("Fix the LOGIN page", "Login takes 100% of a_b", "Other", "Ölwechsel")) {
            user.post("/api/tasks", TaskWorld.body(title, Map.of()));
        }
        world.create("Fix the login of somebody else");
        assertThat(titles(user, "?q=login")).containsExactly("Login takes 100% of a_b", "Fix the LOGIN page");
        assertThat(titles(user, "?q=page+fix++")).containsExactly("Fix the LOGIN page");
        assertThat(titles(user, "?q=login&limit=1")).hasSize(1);
        assertThat(total(user, "?q=login&limit=1")).isEqualTo(2);
        assertThat(titles(user, "?q=00%25")).containsExactly("Login takes 100% of a_b");
        assertThat(titles(user, "?q=a_b")).containsExactly("Login takes 100% of a_b");
        assertThat(titles(user, "?q=x_b")).isEmpty();
        assertThat(titles(user, "?q=%C3%96l")).containsExactly("Ölwechsel");
        assertThat(titles(user, "?q='%20OR%201=1--")).isEmpty();
        assertThat(titles(user, "?q=" + "a%20".repeat(50) + "!")).isEmpty();
        assertThat(total(user, "?agent=demo")).isEqualTo(4);
        assertThat(total(user, "?agent=nobody")).isZero();
        assertThat(total(user, "?repository=other/app&q=login")).isZero();
        assertProblem(user.get("/api/tasks?q=" + "a".repeat(201)), 400, "bad-request");
    }

    private static List<String> titles(HttpUser user, String query) {
        return user.get("/api/tasks" + query).json().path("tasks").findValuesAsText("title");
    }

    @Test
    void a_title_is_the_first_line_cut_at_80_characters() {
        String id = world.create("é".repeat(100) + "\nsecond");
        assertThat(world.get(id).path("title").asText()).isEqualTo("é".repeat(80));
    }

    @Test
    void a_waiting_task_is_cancelled_out_of_its_turn_with_one_done() {
        String id = world.create("demo: text 1 1");
        Answer cancelled = world.user().post("/api/tasks/" + id + "/cancel", null);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(world.awaitDone(id, -1).path("status").asText()).isEqualTo("failed");
        List<JsonNode> events = world.follow(id);
        assertThat(events.getFirst().path("kind").asText()).isEqualTo("status");
        assertThat(events)
                .filteredOn(e -> e.path("kind").asText().equals("done"))
                .hasSize(1);
    }

    /// No rule of the API, but of the tests: none hangs, and each says why it failed.
    @Test
    void who_waits_for_a_task_that_never_begins_is_told_its_state() {
        String id = world.create("demo: text 1 1");
        TaskWorld impatient = world.within(Duration.ofMillis(300));
        assertThatThrownBy(() -> impatient.follow(id))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(id)
                .hasMessageContaining("\"status\":\"pending\"")
                .hasMessageContaining("\"events\":[]");
        assertThatThrownBy(() -> impatient.awaitDone(id, -1)).isInstanceOf(AssertionError.class);
    }

    @Test
    void the_same_idempotency_key_makes_one_task() {
        Map<String, Object> body = TaskWorld.body("demo: text 1 1", Map.of());
        HttpUser user = world.user().with("Idempotency-Key", "once");
        String first = user.post("/api/tasks", body).text("id");
        assertThat(user.post("/api/tasks", body).text("id")).isEqualTo(first);
        Answer other = user.post("/api/tasks", TaskWorld.body("demo: text 2 1", Map.of()));
        assertProblem(other, 422, "unprocessable-entity");
        assertThat(other.text("detail")).contains("Idempotency-Key");
    }

    @Test
    void a_known_secret_is_masked_before_a_title_is_cut_and_the_same_request_is_still_known() {
        String before = "x".repeat(70) + " ";
        HttpUser user = world.user().with("Idempotency-Key", "with a secret");
        Map<String, String> body = Map.of("prompt", before + SECRET, "repository", "app", "agent", "demo");

        Answer first = user.post("/api/tasks", body);
        Answer second = user.post("/api/tasks", body);

        assertThat(first.status()).as("%s", first).isEqualTo(201);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        assertThat(world.get(first.text("id")).get("title").asText()).isEqualTo(before + "[redacted");
        String id = world.create("Use " + SECRET + "\nor " + SECRET);
        assertThat(world.get(id).get("title").asText()).isEqualTo("Use [redacted]");
        assertThat(world.get(id).toString()).contains("or [redacted]").doesNotContain(SECRET);
        String queued = world.user()
                .post("/api/tasks/" + id + "/messages", Map.of("prompt", "And " + SECRET))
                .text("prompt");
        assertThat(queued).isEqualTo("And [redacted]");
    }

    @Test
    void the_same_key_gives_the_first_answer_also_when_the_same_would_be_refused_by_now() throws IOException {
        world.server.repository("fleeting");
        HttpUser user = world.user().with("Idempotency-Key", "once more");
        Map<String, Object> body = TaskWorld.body("demo: text 1 1", Map.of("repository", "fleeting"));
        String first = user.post("/api/tasks", body).text("id");
        Path there = world.server.repositories().resolve("fleeting.git");
        Files.move(there, there.resolveSibling("elsewhere"));

        assertThat(world.user().post("/api/tasks", body).status()).isEqualTo(422);
        Answer again = user.post("/api/tasks", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("id")).isEqualTo(first);
    }

    @Test
    void another_users_task_is_not_found_everywhere() {
        String id = world.create("demo: text 1 1");
        HttpUser other = world.server.signUp("Eve", "eve@example.com");
        String path = "/api/tasks/" + id;
        List<Answer> answers = List.of(
                other.get(path),
                other.get(path + "/stream"),
                other.get(path + "/events"),
                other.get(path + "/diff"),
                other.get(path + "/messages/queued"),
                other.post(path + "/cancel", null),
                other.post(path + "/retry", null),
                other.post(path + "/messages", Map.of("prompt", "x")),
                other.post(path + "/permissions/p", Map.of("decision", "allow")),
                other.delete(path + "/messages/queued/m"),
                other.delete(path));
        assertThat(answers).allSatisfy(answer -> assertProblem(answer, 404, "not-found"));
        assertThat(total(other, "")).isZero();
        assertThat(world.get(id).path("status").asText()).isEqualTo("pending");
    }

    @Test
    void without_a_caller_nothing_is_answered() {
        String id = world.create("demo: text 1 1");
        HttpUser nobody = world.server.anonymous();
        assertProblem(nobody.get("/api/tasks"), 401, "unauthorized");
        assertProblem(nobody.get("/api/tasks/" + id + "/stream"), 401, "unauthorized");
        assertProblem(nobody.post("/api/tasks", TaskWorld.body("x", Map.of())), 401, "unauthorized");
        assertProblem(nobody.with("X-API-Key", "sk_wrong").get("/api/tasks"), 401, "unauthorized");
    }

    private static void assertProblem(Answer answer, int status, String urn) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("urn:sesame:error:" + urn);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text("detail")).isNotBlank();
    }

    private static long total(HttpUser user, String query) {
        return user.get("/api/tasks" + query).json().path("total").asLong(-1);
    }
}
