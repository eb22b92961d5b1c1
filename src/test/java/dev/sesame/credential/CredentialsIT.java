package dev.sesame.credential;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Provider keys and agents' credentials, as the reference has them.
class CredentialsIT {
    private static final String KEYS = "/api/api-keys";
    private static final String LOGINS = "/api/agent-credentials";
    private static final String CODEX = "{\"tokens\":{\"refresh_token\":\"refresh-0123456789\"}}";

    private final SesameServer server = SesameServer.shared();

    @Test
    void a_provider_key_is_set_listed_by_name_and_removed() {
        HttpUser user = server.user();
        assertThat(provider(user, "anthropic").get("configured").booleanValue()).isFalse();

        Answer set = user.post(KEYS, Map.of("provider", "anthropic", "key", "sk-ant-0123456789"));

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).isEqualTo("{\"provider\":\"anthropic\",\"configured\":true}");
        assertThat(provider(user, "anthropic")).hasToString("{\"provider\":\"anthropic\",\"configured\":true}");
        assertThat(provider(user, "openai")).hasToString("{\"provider\":\"openai\",\"configured\":false}");
        assertThat(provider(server.user(), "anthropic").get("configured").booleanValue())
                .isFalse();
        assertThat(user.get(KEYS).body()).doesNotContain("sk-ant");
        for (int i = 0; i < 2; i++) {
            Answer removed = user.delete(KEYS + "/anthropic");
            assertThat(removed.status()).isEqualTo(204);
            assertThat(removed.body()).isEmpty();
        }
        assertThat(provider(user, "anthropic").get("configured").booleanValue()).isFalse();
    }

    @Test
    void the_example_of_the_reference_is_taken_as_it_is() {
        assertThat(server.user()
                        .post(KEYS, Map.of("provider", "anthropic", "key", "sk-ant-..."))
                        .status())
                .isEqualTo(200);
        assertThat(server.user()
                        .post(
                                LOGINS,
                                Map.of("agent", "claude-code", "credentials", Map.of("oauthToken", "sk-ant-oat01-...")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void each_change_is_in_the_audit_log_and_no_value() {
        HttpUser user = server.user();
        String id =
                user.get("/api/auth/get-session").json().get("user").get("id").asText();
        user.post(KEYS, Map.of("provider", "groq", "key", "gsk_audited_0123"));
        user.delete(KEYS + "/groq");
        user.delete(KEYS + "/groq");

        Answer entries = server.admin().get("/api/admin/audit?actor=" + id);

        assertThat(StreamSupport.stream(entries.json().get("entries").spliterator(), false)
                        .filter(entry -> entry.get("target").asText().equals("provider/groq"))
                        .map(entry -> entry.get("action").asText()))
                .containsExactly("credential.delete", "credential.set");
        assertThat(entries.body()).doesNotContain("gsk_audited");
    }

    @Test
    void every_known_provider_is_listed() {
        assertThat(names(server.user().get(KEYS).json().get("keys"), "provider"))
                .contains("anthropic", "openai", "gemini", "amp", "openrouter", "groq", "mistral", "deepseek", "xai");
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', provider is required",
        "'{\"provider\":\"nobody\",\"key\":\"0123456789\"}', 'provider must be one of anthropic, openai'",
        "'{\"provider\":\"openai\"}', key is required",
        "'{\"provider\":\"openai\",\"key\":\"short\"}', key must have 8 to 4096",
        "'{\"provider\":\"openai\",\"key\":\"with a blank in it\"}', key holds characters",
        "'{\"provider\":\"openai\",\"key\":12345678}', key must be",
        "'{\"provider\":\"openai\",\"key\":\"0123456789\",\"x\":1}', Unknown field x"
    })
    void a_wrong_provider_key_is_refused_naming_the_field(String body, String detail) {
        Answer refused = server.user().send("POST", KEYS, body);

        assertProblem(refused, 400, detail);
        assertThat(refused.body()).doesNotContain("0123456789").doesNotContain("with a blank");
    }

    @Test
    void each_agent_has_its_own_shape_of_credentials() {
        HttpUser user = server.user();
        Map<String, Object> shapes = Map.of(
                "claude-code", Map.of("oauthToken", "sk-ant-oat01-0123456789"),
                "codex", Map.of("authJson", CODEX),
                "gemini", Map.of("oauthCreds", Map.of("access_token", "ya29", "refresh_token", "1//0123")),
                "opencode", Map.of("authJson", "{\n \"groq\": {\"type\": \"api\", \"key\": \"gsk_0123456789\"}\n}"),
                "copilot", Map.of("githubToken", "gho_0123456789"),
                "amp", Map.of("apiKey", "sgamp_0123456789"));
        assertThat(names(user.get(LOGINS).json().get("credentials"), "agent"))
                .containsExactlyInAnyOrderElementsOf(shapes.keySet());

        shapes.forEach((agent, credentials) -> {
            Answer set = user.post(LOGINS, Map.of("agent", agent, "credentials", credentials));
            assertThat(set.status()).as("%s", set).isEqualTo(200);
            assertThat(set.text("agent")).isEqualTo(agent);
            assertThat(set.json().get("configured").booleanValue()).isTrue();
            assertThat(set.text("updatedAt")).matches("20.*\\.[0-9]{3}Z");
        });

        Answer list = user.get(LOGINS);
        assertThat(list.json().get("credentials"))
                .allMatch(one -> one.get("configured").booleanValue());
        assertThat(list.body()).doesNotContain("0123");
        assertThat(user.delete(LOGINS + "/codex").status()).isEqualTo(204);
        assertThat(user.delete(LOGINS + "/codex").status()).isEqualTo(204);
        assertThat(StreamSupport.stream(
                                user.get(LOGINS).json().get("credentials").spliterator(), false)
                        .filter(one -> one.get("agent").asText().equals("codex")))
                .first()
                .hasToString("{\"agent\":\"codex\",\"configured\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"agent\":\"demo\",\"credentials\":{\"apiKey\":\"0123456789\"}}",
                "{\"agent\":\"claude-code\"}",
                "{\"agent\":\"claude-code\",\"credentials\":\"0123456789\"}",
                "{\"agent\":\"claude-code\",\"credentials\":{\"apiKey\":\"0123456789\"}}",
                "{\"agent\":\"claude-code\",\"credentials\":{\"oauthToken\":\"0123456789\",\"more\":\"0123456789\"}}",
                "{\"agent\":\"claude-code\",\"credentials\":{\"oauthToken\":[\"0123456789\"]}}",
                "{\"agent\":\"codex\",\"credentials\":{\"authJson\":\"0123456789\"}}",
                "{\"agent\":\"codex\",\"credentials\":{\"authJson\":{\"tokens\":{}}}}",
                "{\"agent\":\"gemini\",\"credentials\":{\"oauthCreds\":[]}}",
                "{\"agent\":\"opencode\",\"credentials\":{\"authJson\":{\"groq\":\"gsk_0123456789\"}}}",
            })
    void a_wrong_credential_is_refused_naming_the_field(String body) {
        Answer refused = server.user().send("POST", LOGINS, body);

        assertProblem(refused, 400, "");
        assertThat(refused.text("detail")).containsPattern("agent|credentials");
        assertThat(refused.body()).doesNotContain("0123456789");
    }

    @Test
    void what_is_not_known_has_nothing_to_delete() {
        assertProblem(server.user().delete(KEYS + "/nobody"), 404, "No such provider");
        assertProblem(server.user().delete(LOGINS + "/nobody"), 404, "no such agent");
    }

    @Test
    void a_key_needs_the_permission() {
        HttpUser owner = server.user();
        HttpUser usual = server.keyOf(owner);
        HttpUser reader = key(owner, List.of("read"));
        HttpUser writer = key(owner, List.of("write"));
        for (String path : List.of(KEYS, LOGINS)) {
            assertProblem(server.anonymous().get(path), 401, "Sign in");
            assertProblem(server.anonymous().post(path, Map.of()), 401, "Sign in");
            assertProblem(usual.get(path), 403, "credentials:read");
            assertThat(reader.get(path).status()).isEqualTo(200);
            assertProblem(reader.post(path, Map.of()), 403, "credentials:write");
            assertProblem(reader.delete(path + "/amp"), 403, "credentials:write");
            assertThat(writer.delete(path + "/amp").status()).isEqualTo(204);
        }
    }

    private HttpUser key(HttpUser owner, List<String> actions) {
        Answer made = owner.post("/api/auth/api-key/create", Map.of("permissions", Map.of("credentials", actions)));
        return server.withKey(made.text("key"));
    }

    private static JsonNode provider(HttpUser user, String name) {
        return StreamSupport.stream(user.get(KEYS).json().get("keys").spliterator(), false)
                .filter(key -> key.get("provider").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.get(member).asText())
                .toList();
    }
}
