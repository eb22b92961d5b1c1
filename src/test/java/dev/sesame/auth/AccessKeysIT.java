package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessKeysIT {
    private static final String KEYS = "/api/auth/api-key";

    private final SesameServer server = SesameServer.shared();

    @Test
    void a_key_is_shown_once_and_works_in_both_headers() {
        HttpUser owner = server.user();

        Answer made = owner.post(KEYS + "/create", Map.of("name", "ci", "expiresIn", 3600));

        assertThat(made.status()).isEqualTo(200);
        String key = made.text("key");
        assertThat(key).matches("sk_[A-Za-z0-9]{40,}").startsWith(made.text("start"));
        assertThat(made.json().get("permissions"))
                .hasToString("{\"tasks\":[\"read\",\"write\"],\"repos\":[\"read\"],\"settings\":[\"read\"]}");
        assertThat(made.json().get("expiresAt").asText()).matches("20.*\\.[0-9]{3}Z");
        assertThat(server.withKey(key).get("/api/tasks").status()).isEqualTo(200);
        assertThat(server.anonymous()
                        .with("Authorization", "Bearer " + key)
                        .get("/api/tasks")
                        .status())
                .isEqualTo(200);

        JsonNode list = owner.get(KEYS + "/list").json();
        assertThat(list).hasSize(1);
        assertThat(list.get(0).get("name").asText()).isEqualTo("ci");
        assertThat(list.toString()).doesNotContain(key);
        assertThat(owner.get(KEYS + "/get?id=" + made.text("id")).json()).isEqualTo(list.get(0));
    }

    @ParameterizedTest
    @CsvSource({"sk_unknown", "''", "x", "sk_€"})
    void a_wrong_key_is_401_even_beside_a_good_cookie(String key) {
        HttpUser user = server.user();

        assertProblem(user.with("X-API-Key", key.replace("€", "%")).get("/api/tasks"), 401, "unknown");
        assertProblem(
                user.with("Authorization", "Bearer " + key.replace("€", "%")).get("/api/tasks"), 401, "unknown");
    }

    @Test
    void a_disabled_expired_or_deleted_key_is_refused_at_once() {
        HttpUser owner = server.user();
        Answer made = owner.post(KEYS + "/create", Map.of());
        HttpUser key = server.withKey(made.text("key"));
        String id = made.text("id");
        assertThat(key.get("/api/tasks").status()).isEqualTo(200);

        owner.post(KEYS + "/update", Map.of("keyId", id, "enabled", false));
        assertProblem(key.get("/api/tasks"), 401, "disabled");
        owner.post(KEYS + "/update", Map.of("keyId", id, "enabled", true));
        assertThat(key.get("/api/tasks").status()).isEqualTo(200);

        assertThat(owner.post(KEYS + "/delete", Map.of("keyId", id)).body()).isEqualTo("{\"success\":true}");
        assertProblem(key.get("/api/tasks"), 401, "unknown");
        assertProblem(owner.post(KEYS + "/delete", Map.of("keyId", id)), 404, "not found");
    }

    @Test
    void what_is_absent_from_an_update_stays_and_null_ends_an_expiry() {
        HttpUser owner = server.user();
        String id = owner.post(KEYS + "/create", Map.of("name", "a", "expiresIn", 100))
                .text("id");

        Answer renamed = owner.post(KEYS + "/update", Map.of("keyId", id, "name", "b"));
        assertThat(renamed.text("name")).isEqualTo("b");
        assertThat(renamed.json().get("expiresAt").isNull()).isFalse();

        Map<String, Object> forever = new HashMap<>(Map.of("keyId", id));
        forever.put("expiresIn", null);
        Answer changed = owner.post(KEYS + "/update", forever);
        assertThat(changed.json().get("expiresAt").isNull()).isTrue();
        assertThat(changed.text("name")).isEqualTo("b");

        Answer nothing = owner.post(KEYS + "/update", Map.of("keyId", id));
        assertProblem(nothing, 400, "No values to update");
        assertThat(nothing.text("code")).isEqualTo("NO_VALUES_TO_UPDATE");
    }

    @Test
    void anothers_key_does_not_exist() {
        String id = server.user().post(KEYS + "/create", Map.of()).text("id");
        HttpUser other = server.user();

        assertProblem(other.get(KEYS + "/get?id=" + id), 404, "not found");
        assertProblem(other.post(KEYS + "/update", Map.of("keyId", id, "name", "mine")), 404, "not found");
        assertProblem(other.post(KEYS + "/delete", Map.of("keyId", id)), 404, "not found");
    }

    @Test
    void a_key_does_only_what_it_may() {
        HttpUser owner = server.user();
        HttpUser reader = key(owner, Map.of("tasks", List.of("read")));

        assertThat(reader.get("/api/tasks").status()).isEqualTo(200);
        assertProblem(reader.post("/api/tasks", Map.of("prompt", "x")), 403, "tasks:write");
        assertProblem(key(owner, Map.of()).get("/api/tasks"), 403, "tasks:read");
        assertProblem(key(owner, Map.of()).get("/api/tasks/x/stream"), 403, "tasks:read");
        assertProblem(key(owner, Map.of()).get("/api/events"), 403, "tasks:read");
    }

    @Test
    void a_key_gets_no_more_than_its_owner_has() {
        Map<String, Object> wanted = Map.of("permissions", Map.of("admin", List.of("read")));

        Answer refused = server.user().post(KEYS + "/create", wanted);

        assertProblem(refused, 403, "more than its owner");
        assertThat(server.admin().post(KEYS + "/create", wanted).status()).isEqualTo(200);
        assertProblem(
                server.user().post(KEYS + "/create", Map.of("permissions", Map.of("tasks", List.of("fly")))),
                400,
                "tasks:fly");
    }

    @Test
    void of_auth_a_key_may_ask_for_its_session_and_nothing_else() {
        HttpUser owner = server.user();
        HttpUser key = server.keyOf(owner);

        JsonNode session = key.get("/api/auth/get-session").json();
        assertThat(session.get("user"))
                .isEqualTo(owner.get("/api/auth/get-session").json().get("user"));

        for (String path : List.of("/list", "/get?id=x")) {
            assertProblem(key.get(KEYS + path), 403, "API key");
        }
        assertProblem(key.get("/api/auth/list-sessions"), 403, "API key");
        for (String path : List.of(
                "/api-key/create",
                "/api-key/update",
                "/api-key/delete",
                "/revoke-session",
                "/revoke-sessions",
                "/revoke-other-sessions",
                "/change-password",
                "/sign-out")) {
            assertProblem(key.post("/api/auth" + path, Map.of()), 403, "API key");
        }
    }

    @Test
    void without_a_session_there_are_no_keys() {
        HttpUser nobody = server.anonymous();

        assertProblem(nobody.get(KEYS + "/list"), 401, "Sign in");
        assertProblem(nobody.get(KEYS + "/get?id=x"), 401, "Sign in");
        for (String path : List.of("/create", "/update", "/delete")) {
            assertProblem(nobody.post(KEYS + path, Map.of()), 401, "Sign in");
        }
    }

    private HttpUser key(HttpUser owner, Map<String, List<String>> permissions) {
        return server.withKey(
                owner.post(KEYS + "/create", Map.of("permissions", permissions)).text("key"));
    }
}
