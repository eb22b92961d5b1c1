package dev.sesame.admin;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdminIT {
    private static SesameServer server;
    private static HttpUser admin;

    @BeforeAll
    static void start() {
        server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true", "EVENTS_PING_SECONDS", "1"));
        server.repository("app");
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void users_are_listed_with_paging_and_search() {
        HttpUser user = server.user();
        String email = email(user);

        JsonNode all = admin.get("/api/admin/users").json();
        assertThat(all.get("users")).hasSize(all.get("total").asInt());
        assertThat(all.at("/users/0/email").asText()).isEqualTo("ada@example.com");
        assertThat(all.at("/users/0/role").asText()).isEqualTo("admin");
        JsonNode page = admin.get("/api/admin/users?limit=1&offset=1").json();
        assertThat(page.get("users")).hasSize(1);
        assertThat(page.get("total")).isEqualTo(all.get("total"));
        JsonNode found = admin.get("/api/admin/users?search=" + email.toUpperCase(java.util.Locale.ROOT))
                .json();
        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(found.at("/users/0/id").asText()).isEqualTo(id(user));
        assertProblem(admin.get("/api/admin/users?limit=0"), 400, "limit");
    }

    @Test
    void all_of_it_is_for_admins_and_keys_of_theirs_that_may() {
        HttpUser user = server.user();
        for (String path : List.of("users", "audit", "tasks", "system")) {
            assertProblem(server.anonymous().get("/api/admin/" + path), 401, "Sign in");
            assertProblem(user.get("/api/admin/" + path), 403, "admin:read");
            assertProblem(server.keyOf(admin).get("/api/admin/" + path), 403, "admin:read");
            assertThat(adminKey("read").get("/api/admin/" + path).status()).isEqualTo(200);
        }
        assertProblem(user.patch("/api/admin/users/" + id(user), Map.of("role", "admin")), 403, "admin:write");
        assertProblem(user.delete("/api/admin/users/" + id(user)), 403, "admin:write");
        assertProblem(adminKey("read").delete("/api/admin/users/" + id(user)), 403, "admin:write");
    }

    @Test
    void roles_change_and_count_at_once_and_there_is_always_an_admin() {
        HttpUser user = server.user();
        String path = "/api/admin/users/" + id(user);

        Answer promoted = admin.patch(path, Map.of("role", "admin"));
        assertThat(promoted.status()).isEqualTo(200);
        assertThat(promoted.text("role")).isEqualTo("admin");
        assertThat(user.get("/api/admin/users").status()).isEqualTo(200);
        assertThat(admin.patch(path, Map.of("role", "user")).text("role")).isEqualTo("user");
        assertThat(user.get("/api/admin/users").status()).isEqualTo(403);

        assertProblem(
                admin.patch("/api/admin/users/" + id(admin), Map.of("role", "user")), 409, "The last admin can't be");
        assertProblem(admin.patch(path, Map.of("role", "owner")), 400, "role must be one of admin, user");
        assertProblem(admin.patch(path, Map.of()), 400, "role is required");
        assertProblem(admin.patch(path, Map.of("role", 1)), 400, "role must be text");
        assertProblem(admin.patch("/api/admin/users/user_none", Map.of("role", "user")), 404, "User not found");
    }

    @Test
    void a_deleted_user_is_gone_with_tasks_keys_sessions_and_streams() {
        HttpUser user = server.user();
        String userId = id(user);
        HttpUser key = server.keyOf(user);
        String running = task(user, "demo: sleep 600000");
        String waiting = task(user, "demo: sleep 600000");
        try (SseReader stream = user.stream("/api/tasks/" + running + "/stream", null)) {
            stream.until(event -> event.json().path("phase").asText().equals("running"));

            assertThat(admin.delete("/api/admin/users/" + userId).status()).isEqualTo(204);

            stream.rest();
        }
        assertThat(user.get("/api/tasks").status()).isEqualTo(401);
        assertThat(key.get("/api/tasks").status()).isEqualTo(401);
        assertThat(admin.get("/api/admin/tasks?user=" + userId)
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
        assertProblem(admin.post("/api/admin/tasks/" + waiting + "/cancel", null), 404, "Task not found");
        assertProblem(admin.delete("/api/admin/users/" + userId), 404, "User not found");
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(running)))
                .isEmpty();
    }

    @Test
    void nobody_deletes_themselves_or_the_last_admin() {
        assertProblem(admin.delete("/api/admin/users/" + id(admin)), 409, "their own account");

        HttpUser second = server.user();
        admin.patch("/api/admin/users/" + id(second), Map.of("role", "admin"));
        assertProblem(second.delete("/api/admin/users/" + id(second)), 409, "their own account");
        assertThat(admin.delete("/api/admin/users/" + id(second)).status()).isEqualTo(204);
    }

    @Test
    void admins_list_and_cancel_the_tasks_of_all() {
        HttpUser user = server.user();
        String task = task(user, "demo: sleep 600000");

        JsonNode mine = admin.get("/api/admin/tasks?user=" + id(user)).json();
        assertThat(mine.get("total").asInt()).isEqualTo(1);
        assertThat(mine.at("/tasks/0/id").asText()).isEqualTo(task);
        assertThat(mine.at("/tasks/0/agent").asText()).isEqualTo("demo");
        assertThat(mine.at("/tasks/0/user/email").asText()).isEqualTo(email(user));
        assertProblem(admin.get("/api/admin/tasks?status=over"), 400, "status must be one of");
        assertProblem(admin.get("/api/tasks/" + task), 404, "Task not found");
        assertProblem(user.post("/api/admin/tasks/" + task + "/cancel", null), 403, "admin:write");

        Answer cancelled = admin.post("/api/admin/tasks/" + task + "/cancel", null);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().at("/error/code").asText()).isEqualTo("cancelled");
        assertThat(user.get("/api/tasks/" + task).text("status")).isEqualTo("failed");
        assertProblem(admin.post("/api/admin/tasks/" + task + "/cancel", null), 409, "failed already");
        assertThat(admin.get("/api/admin/tasks?status=failed&user=" + id(user))
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(entry("task.cancel", id(admin)).get("target").asText()).isEqualTo(task);
    }

    @Test
    void what_people_do_is_in_the_audit_log() {
        HttpUser user = server.user();
        String userId = id(user);
        server.anonymous().post("/api/auth/sign-in/email", Map.of("email", email(user), "password", "wrong horse"));
        JsonNode key =
                user.post("/api/auth/api-key/create", Map.of("name", "ci")).json();
        HttpUser withKey = server.withKey(key.get("key").asText());
        String task = withKey.post(
                        "/api/tasks", Map.of("prompt", "demo: text 1 1", "repository", "app", "agent", "demo"))
                .text("id");
        admin.patch("/api/settings", Map.of("ai.model", "audited"));
        admin.patch("/api/settings", Map.of("ai.apiKey", "sk-never-in-audit"));
        admin.patch("/api/admin/users/" + userId, Map.of("role", "admin"));
        user.post("/api/auth/sign-out", null);

        assertThat(actions(userId))
                .containsSequence("user.sign-out", "task.create", "key.create", "user.sign-in", "user.sign-up");
        JsonNode created = entry("task.create", userId);
        assertThat(created.get("target").asText()).isEqualTo(task);
        assertThat(created.at("/details/keyId")).isEqualTo(key.get("id"));
        assertThat(created.get("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(created.get("id").asText()).startsWith("audit_");
        assertThat(created.get("timestamp").asText()).endsWith("Z");
        assertThat(entry("user.sign-in-failed", "anonymous").get("target").asText())
                .isEqualTo(userId);
        assertThat(entry("user.role", id(admin)).at("/details/to").asText()).isEqualTo("admin");
        assertThat(admin.get("/api/admin/audit?limit=200").body())
                .contains("\"audited\"")
                .doesNotContain("sk-never-in-audit");
        JsonNode page = admin.get("/api/admin/audit?limit=2&offset=1").json();
        assertThat(page.get("entries")).hasSize(2);
        assertThat(page.get("total").asInt()).isGreaterThan(6);
        assertProblem(admin.get("/api/admin/audit?action=nothing"), 400, "there is no action nothing");
        assertThat(server.output()).contains("Audit head ");
        admin.delete("/api/admin/users/" + userId);
    }

    @Test
    void the_system_page_says_what_runs_and_how_full_it_is() {
        JsonNode system = admin.get("/api/admin/system").json();

        assertThat(system.get("version").asText()).isNotBlank();
        assertThat(system.get("database").asText()).isEqualTo("SQLite");
        assertThat(system.at("/sandbox/isolation").asText()).isIn("full", "process", "none");
        assertThat(system.get("agents"))
                .extracting(agent -> agent.get("id").asText())
                .contains("claude-code", "demo");
        assertThat(system.at("/disk/free").asLong()).isPositive();
        assertThat(system.at("/tasks/processing").isNumber()).isTrue();
    }

    private static List<String> actions(String actor) {
        JsonNode entries = admin.get("/api/admin/audit?actor=" + actor).json().get("entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.get("action").asText())
                .toList();
    }

    private static JsonNode entry(String action, String actor) {
        return admin.get("/api/admin/audit?limit=1&action=" + action + "&actor=" + actor)
                .json()
                .at("/entries/0");
    }

    private static HttpUser adminKey(String action) {
        Answer made = admin.post("/api/auth/api-key/create", Map.of("permissions", Map.of("admin", List.of(action))));
        return server.withKey(made.text("key"));
    }

    private static String task(HttpUser user, String prompt) {
        return user.post("/api/tasks", Map.of("prompt", prompt, "repository", "app", "agent", "demo"))
                .text("id");
    }

    private static String id(HttpUser user) {
        return user.get("/api/auth/get-session").json().at("/user/id").asText();
    }

    private static String email(HttpUser user) {
        return user.get("/api/auth/get-session").json().at("/user/email").asText();
    }
}
