package dev.sesame.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.github.GitHubServer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The doors for the secrets that a signed-in admin enters, each by its endpoint, rightly and wrongly.
///
/// @param answers takes everything that is answered
record CanaryDoors(HttpUser user, Canaries canaries, Consumer<String> answers) {

    void enterKeys() {
        for (JsonNode key : user.get("/api/api-keys").json().get("keys")) {
            String provider = key.get("provider").asText();
            set("/api/api-keys", Map.of("provider", provider, "key", canaries.plant("provider " + provider)));
        }
    }

    void enterLogins() {
        String codex = "{\"tokens\": {\"access_token\": %s, \"refresh_token\": %s, \"id_token\": %s}}"
                .formatted(quoted("codex access"), quoted("codex refresh"), quoted("codex id"));
        login("claude-code", Map.of("oauthToken", canaries.plant("claude-code")));
        login("codex", Map.of("authJson", codex));
        var gemini = Map.of("access_token", canaries.plant("gemini"), "refresh_token", canaries.plant("gemini 2"));
        login("gemini", Map.of("oauthCreds", gemini));
        var groq = Map.of("type", "api", "key", canaries.plant("opencode key"));
        var anthropic = Map.of(
                "type", "oauth",
                "access", canaries.plant("opencode access"),
                "refresh", canaries.plant("opencode refresh"));
        login("opencode", Map.of("authJson", Map.of("groq", groq, "anthropic", anthropic)));
        login("copilot", Map.of("githubToken", canaries.plant("copilot")));
        login("amp", Map.of("apiKey", canaries.plant("amp")));
    }

    /// Also servers that are deleted again, and one that is refused.
    void enterServers() {
        for (String name : List.of("kept", "gone")) {
            var env = Map.of("TOKEN", canaries.plant("mcp env " + name), "PLAIN", canaries.plant("mcp plain " + name));
            add(Map.of("name", name, "command", "x", "env", env));
            var headers = Map.of(
                    "Authorization",
                    "Bearer " + canaries.plant("mcp header " + name),
                    "X",
                    canaries.plant("mcp x " + name));
            add(Map.of("name", name + "-http", "url", "https://a.example/mcp", "headers", headers));
        }
        take(user.delete("/api/mcp-servers/gone"));
        take(user.delete("/api/mcp-servers/gone-http"));
        var refused = Map.of("name", "bad", "env", Map.of("A B", canaries.plant("mcp refused")));
        take(user.post("/api/mcp-servers", refused));
    }

    private void add(Map<String, ?> server) {
        Answer answer = user.post("/api/mcp-servers", server);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        take(answer);
    }

    /// One is changed again; some are of the wrong kind, and one is the environment's.
    void enterSettings(String mailPassword) {
        for (String time : List.of("", " 2")) {
            Answer set = user.patch(
                    "/api/settings",
                    Map.of(
                            "smtp.pass", mailPassword,
                            "ai.apiKey", canaries.plant("ai.apiKey" + time),
                            "oidc.clientSecret", canaries.plant("oidc.clientSecret" + time)));
            assertThat(set.status()).as("%s", set).isEqualTo(200);
            take(set);
        }
        for (Map<String, ?> wrong : List.of(
                Map.of("metrics.token", canaries.plant("locked setting")),
                Map.of("ai.apiKey", List.of(canaries.plant("setting in a list"))),
                Map.of("smtp.pass", Map.of("x", canaries.plant("setting in an object"))),
                Map.of("smtp.pass", canaries.plant("setting beside a wrong one"), "smtp.port", "x"))) {
            Answer refused = user.patch("/api/settings", wrong);
            assertThat(refused.status()).as("%s", refused).isBetween(400, 499);
            take(refused);
        }
    }

    String enterPat(GitHubServer github) {
        String pat = canaries.plantPlain("PAT");
        github.account(pat, "octocat", "repo");
        set("/api/github/pat", Map.of("token", pat));
        return pat;
    }

    /// Secrets at wrong places, and a GitHub that says the token back.
    void misuse(GitHubServer github, String pat) {
        String secret = quoted("misuse");
        for (String path : List.of("/api/api-keys", "/api/agent-credentials", "/api/github/pat", "/api/settings")) {
            for (String body : List.of(
                    secret,
                    "{\"provider\":" + secret + ",\"key\":" + secret + "}",
                    "{\"provider\":\"openai\",\"key\":[" + secret + "]}",
                    "{\"agent\":\"codex\",\"credentials\":{\"authJson\":" + secret + "}}",
                    "{\"agent\":\"amp\",\"credentials\":" + secret + "}",
                    "{\"token\":{\"x\":" + secret + "}}",
                    "{\"smtp.pass\":" + secret + secret,
                    "{\"token\":" + secret + secret)) {
                take(user.send(path.endsWith("settings") ? "PATCH" : "POST", path, body));
            }
        }
        github.fail(403, "{\"message\":\"Not for " + pat + "\"}");
        take(user.get("/api/repos"));
        String unknown = canaries.plantPlain("refused PAT");
        github.fail(401, "{\"message\":\"Bad credentials " + unknown + "\"}");
        take(user.post("/api/github/pat", Map.of("token", unknown)));
        github.recover();
    }

    private void login(String agent, Map<String, ?> credentials) {
        set("/api/agent-credentials", Map.of("agent", agent, "credentials", credentials));
    }

    private void set(String path, Map<String, ?> body) {
        Answer answer = user.post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        take(answer);
    }

    private void take(Answer answer) {
        answers.accept(answer.toString());
    }

    private String quoted(String door) {
        return TextNode.valueOf(canaries.plant(door)).toString();
    }
}
