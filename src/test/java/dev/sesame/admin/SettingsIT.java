package dev.sesame.admin;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsIT {
    private static final String SECRET = "sk-planted-7f3a9c";

    private static SesameServer server;
    private static HttpUser admin;
    private static HttpUser user;

    @BeforeAll
    static void start() {
        server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true", "SMTP_PASS", "from-environment"));
        admin = server.admin();
        user = server.user();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void settings_are_values_by_key_and_locked_is_what_the_environment_sets() {
        JsonNode answer = admin.get("/api/settings").json();

        assertThat(answer.at("/settings/registration.allowNewUsers").asBoolean())
                .isTrue();
        assertThat(answer.at("/settings/tasks.silenceMinutes").asInt()).isEqualTo(15);
        assertThat(answer.at("/settings/server.trustedProxies").isArray()).isTrue();
        assertThat(answer.at("/locked")).extracting(JsonNode::asText).contains("smtp.pass", "git.localRepositories");
        assertThat(answer.toString()).doesNotContain("from-environment");
    }

    @Test
    void others_see_what_concerns_them_and_change_nothing() {
        JsonNode mine = user.get("/api/settings").json().get("settings");

        assertThat(mine.has("ai.model")).isTrue();
        assertThat(mine.has("smtp.host")).isFalse();
        assertThat(mine.has("smtp.pass")).isFalse();
        assertThat(server.keyOf(user).get("/api/settings").json().get("settings"))
                .isEqualTo(mine);
        assertProblem(user.patch("/api/settings", Map.of("ai.model", "x")), 403, "admin:write");
        assertProblem(server.keyOf(admin).patch("/api/settings", Map.of("ai.model", "x")), 403, "admin:write");
        assertProblem(server.anonymous().get("/api/settings"), 401, "Sign in");
        assertProblem(server.anonymous().patch("/api/settings", Map.of("ai.model", "x")), 401, "Sign in");
    }

    @Test
    void a_change_answers_like_get_counts_at_once_and_survives() {
        Answer answer = admin.patch("/api/settings", Map.of("ai.model", "claude-3-haiku"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/settings/ai.model").asText()).isEqualTo("claude-3-haiku");
        assertThat(answer.json()).isEqualTo(admin.get("/api/settings").json());

        server.kill();
        server.restart();
        assertThat(user.get("/api/settings").json().at("/settings/ai.model").asText())
                .isEqualTo("claude-3-haiku");

        Map<String, Object> back = new HashMap<>();
        back.put("ai.model", null);
        assertThat(admin.patch("/api/settings", back)
                        .json()
                        .at("/settings/ai.model")
                        .asText())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"gravatar.enabled": true, "ai.modle": "x"}            | 400 | There is no setting ai.modle
            {"gravatar.enabled": true, "ai.model": 5}              | 400 | ai.model: expected text
            {"gravatar.enabled": true, "tasks.maxRunning": "5"}    | 400 | tasks.maxRunning: expected a whole number
            {"gravatar.enabled": true, "tasks.maxRunning": 1.0}    | 400 | tasks.maxRunning: expected a whole number
            {"gravatar.enabled": true, "tasks.maxRunning": 0}      | 400 | tasks.maxRunning: expected a whole number
            {"gravatar.enabled": true, "tasks.defaultAgent": "gpt"} | 400 | tasks.defaultAgent: expected one of claude-code, codex
            {"gravatar.enabled": true, "oidc.enabled": "true"}     | 400 | oidc.enabled: expected true or false
            {"gravatar.enabled": true, "server.trustedHosts": "a"} | 400 | server.trustedHosts: expected a list
            {"gravatar.enabled": true, "server.trustedProxies": ["10/8"]} | 400 | server.trustedProxies: expected
            {"gravatar.enabled": true, "github.url": "ftp://x"}    | 400 | github.url: expected a web address
            {"gravatar.enabled": true, "ai.model": "a\\u0000b"}    | 400 | ai.model holds the control character
            {"gravatar.enabled": true, "gravatar.enabled": false}  | 400 | Duplicate field
            {"gravatar.enabled": true, "smtp.pass": "x"}           | 409 | smtp.pass is locked
            {"gravatar.enabled": true, "registration.allowNewUsers": null} | 409 | registration.allowNewUsers is locked
            [1]                                                    | 400 | must be an object
            null                                                   | 400 | is missing
            """)
    void what_can_not_be_changes_nothing_at_all(String body, int status, String detail) {
        assertProblem(admin.send("PATCH", "/api/settings", body), status, detail);

        assertThat(admin.get("/api/settings")
                        .json()
                        .at("/settings/gravatar.enabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_secret_is_taken_and_never_given() throws IOException {
        Answer answer = admin.patch("/api/settings", Map.of("ai.apiKey", SECRET));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(SECRET);
        JsonNode field = field(admin.get("/api/settings/schema").json(), "ai.apiKey");
        assertThat(field.get("set").asBoolean()).isTrue();
        assertThat(field.get("source").asText()).isEqualTo("database");
        assertThat(admin.get("/api/settings/schema").body()).doesNotContain(SECRET);
        for (String file : List.of("sesame.db", "sesame.db-wal")) {
            byte[] bytes = Files.readAllBytes(server.dataDirectory().resolve(file));
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        }
        assertThat(server.output()).doesNotContain(SECRET);
    }

    @Test
    void the_schema_says_what_can_be_set_and_how() {
        JsonNode schema = admin.get("/api/settings/schema").json();

        JsonNode provider = field(schema, "sandboxProvider.type");
        assertThat(provider.get("type").asText()).isEqualTo("text");
        assertThat(provider.get("choices")).extracting(JsonNode::asText).containsExactly("local", "docker");
        assertThat(provider.get("defaultValue").asText()).isEqualTo("local");
        assertThat(provider.get("environment").asText()).isEqualTo("SANDBOX_PROVIDER");
        assertThat(field(schema, "smtp.pass").get("locked").asBoolean()).isTrue();
        assertThat(user.get("/api/settings/schema").body()).doesNotContain("smtp.pass", "source");
    }

    private static JsonNode field(JsonNode schema, String key) {
        for (JsonNode field : schema.get("fields")) {
            if (field.get("key").asText().equals(key)) {
                return field;
            }
        }
        throw new AssertionError("no field " + key);
    }
}
