package dev.sesame.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.git.GitHttpServer;
import dev.sesame.github.GitHubServer;
import dev.sesame.setting.EncryptionKey;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Secrets are planted through every door where one may be entered, are used, printed by an agent and rotated;
/// then they are searched for, in all their forms, wherever they must not be.
class CanaryIT {
    @TempDir
    private Path root;

    private final Map<String, String> planted = new LinkedHashMap<>();
    private final List<String> answers = new ArrayList<>();
    private @Nullable String databaseUrl;

    /// With what encoders change. Nothing else has these letters.
    private String plant(String door) {
        String secret = "cAnArY+/&=\"\\" + "%03d".formatted(planted.size()) + "-" + Long.toHexString(System.nanoTime());
        planted.put(door, secret);
        return secret;
    }

    /// As tokens look that go into a header or a command.
    private String plantPlain(String door) {
        String secret = "cAnArY" + "%03d".formatted(planted.size()) + Long.toHexString(System.nanoTime());
        planted.put(door, secret);
        return secret;
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void no_secret_is_found_where_it_must_not_be(Kind kind) throws Exception {
        String token = plantPlain("GITHUB_TOKEN");
        try (var github = GitHubServer.start();
                var git = GitHttpServer.start(root);
                var server = SesameServer.start(environment(
                        kind,
                        Map.of(
                                "GITHUB_URL", git.url(),
                                "GITHUB_API_URL", github.url(),
                                "GITHUB_TOKEN", token,
                                "OPENAI_API_KEY", plant("OPENAI_API_KEY"),
                                "COPILOT_GITHUB_TOKEN", plant("COPILOT_GITHUB_TOKEN"),
                                "OIDC_CLIENT_SECRET", plant("OIDC_CLIENT_SECRET"))))) {
            HttpUser user = server.admin();
            enterKeys(user);
            enterLogins(user);
            enterServers(user);
            enterSettings(user);
            String pat = enterPat(user, github);
            misuse(user, github);
            git.create("octo/app");
            git.allow(pat, "octo/app");
            github.repository(pat, "octo/app");
            runTask(user, pat);
            look(user);
            server.stop();

            assertThat(planted).hasSizeGreaterThanOrEqualTo(50);
            assertThat(finds(places(server))).as("Secrets in the clear").isEmpty();
        }
    }

    /// With the server's own secrets for the database, if it is not a file.
    private Map<String, String> environment(Kind kind, Map<String, String> common) {
        if (kind == Kind.SQLITE) {
            return common;
        }
        databaseUrl = TestDatabases.freshPostgres();
        String key = EncryptionKey.fresh().hex();
        planted.put("ENCRYPTION_KEY", key);
        Map<String, String> all = new HashMap<>(common);
        all.putAll(Map.of("DATABASE_URL", databaseUrl, "ENCRYPTION_KEY", key));
        return all;
    }

    private void enterKeys(HttpUser user) {
        for (JsonNode key : user.get("/api/api-keys").json().get("keys")) {
            String provider = key.get("provider").asText();
            set(user, "/api/api-keys", Map.of("provider", provider, "key", plant("provider " + provider)));
        }
    }

    private void enterLogins(HttpUser user) {
        String codex = "{\"tokens\": {\"access_token\": %s, \"refresh_token\": %s, \"id_token\": %s}}"
                .formatted(quoted(plant("codex access")), quoted(plant("codex refresh")), quoted(plant("codex id")));
        login(user, "claude-code", Map.of("oauthToken", plant("claude-code")));
        login(user, "codex", Map.of("authJson", codex));
        login(
                user,
                "gemini",
                Map.of("oauthCreds", Map.of("access_token", plant("gemini"), "refresh_token", plant("gemini 2"))));
        login(
                user,
                "opencode",
                Map.of(
                        "authJson",
                        Map.of(
                                "groq", Map.of("type", "api", "key", plant("opencode key")),
                                "anthropic",
                                        Map.of(
                                                "type",
                                                "oauth",
                                                "access",
                                                plant("opencode access"),
                                                "refresh",
                                                plant("opencode refresh")))));
        login(user, "copilot", Map.of("githubToken", plant("copilot")));
        login(user, "amp", Map.of("apiKey", plant("amp")));
    }

    /// Also a server that is deleted again, and one whose request is refused.
    private void enterServers(HttpUser user) {
        for (String name : List.of("kept", "gone")) {
            var env = Map.of("TOKEN", plant("mcp env " + name), "PLAIN", plant("mcp plain " + name));
            add(user, Map.of("name", name, "command", "x", "env", env));
            var headers = Map.of("Authorization", "Bearer " + plant("mcp header " + name), "X", plant("mcp x " + name));
            add(user, Map.of("name", name + "-http", "url", "https://a.example/mcp", "headers", headers));
        }
        answers.add(user.delete("/api/mcp-servers/gone").toString());
        answers.add(user.delete("/api/mcp-servers/gone-http").toString());
        answers.add(user.post("/api/mcp-servers", Map.of("name", "bad", "env", Map.of("A B", plant("mcp refused"))))
                .toString());
    }

    private void add(HttpUser user, Map<String, ?> server) {
        Answer answer = user.post("/api/mcp-servers", server);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        answers.add(answer.toString());
    }

    private void enterSettings(HttpUser user) {
        answers.add(
                user.patch("/api/settings", Map.of("smtp.pass", plant("smtp.pass"), "ai.apiKey", plant("ai.apiKey")))
                        .body());
    }

    private String enterPat(HttpUser user, GitHubServer github) {
        String pat = plantPlain("PAT");
        github.account(pat, "octocat", "repo");
        set(user, "/api/github/pat", Map.of("token", pat));
        return pat;
    }

    private void login(HttpUser user, String agent, Map<String, ?> credentials) {
        set(user, "/api/agent-credentials", Map.of("agent", agent, "credentials", credentials));
    }

    private void set(HttpUser user, String path, Map<String, ?> body) {
        Answer answer = user.post(path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        answers.add(answer.toString());
    }

    /// Secrets at wrong places, and a GitHub that says the token back.
    private void misuse(HttpUser user, GitHubServer github) {
        String secret = quoted(plant("misuse"));
        for (String path : List.of("/api/api-keys", "/api/agent-credentials", "/api/github/pat")) {
            for (String body : List.of(
                    secret,
                    "{\"provider\":" + secret + ",\"key\":" + secret + "}",
                    "{\"provider\":\"openai\",\"key\":[" + secret + "]}",
                    "{\"agent\":\"codex\",\"credentials\":{\"authJson\":" + secret + "}}",
                    "{\"agent\":\"amp\",\"credentials\":" + secret + "}",
                    "{\"token\":{\"x\":" + secret + "}}",
                    "{\"token\":" + secret + secret)) {
                answers.add(user.send("POST", path, body).toString());
            }
        }
        github.fail(403, "{\"message\":\"Not for " + planted.get("PAT") + "\"}");
        answers.add(user.get("/api/repos").toString());
        String unknown = plantPlain("refused PAT");
        github.fail(401, "{\"message\":\"Bad credentials " + unknown + "\"}");
        answers.add(user.post("/api/github/pat", Map.of("token", unknown)).toString());
        github.recover();
    }

    /// The agent prints a secret that its prompt has only in two halves, also in base64.
    private void runTask(HttpUser user, String pat) {
        int half = pat.length() / 2;
        String shell = "a=" + pat.substring(0, half) + "; b=" + pat.substring(half)
                + "; echo $a$b; printf %s $a$b | base64; echo https://x:$a$b@host >&2";
        Answer created = user.post(
                "/api/tasks",
                Map.of(
                        "prompt", "demo: run " + shell + "\ndemo: write a.txt 5",
                        "repository", "octo/app",
                        "agent", "demo",
                        "pullRequest", "open"));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        String task = "/api/tasks/" + created.text("id");
        try (SseReader stream = user.stream(task + "/stream", null)) {
            String events = stream.rest().toString();
            assertThat(events).contains("[redacted]");
            answers.add(events);
        }
        JsonNode done = user.get(task).json();
        assertThat(done.get("status").asText()).as("%s", done).isEqualTo("completed");
        answers.add(done.toString());
        answers.add(user.get(task + "/events?limit=1000").body());
        answers.add(user.get(task + "/diff").body());
    }

    private void look(HttpUser user) {
        for (String path : List.of(
                "/api/api-keys",
                "/api/agent-credentials",
                "/api/mcp-servers",
                "/api/github/pat",
                "/api/settings",
                "/api/repos",
                "/api/admin/audit?limit=200",
                "/api/admin/users",
                "/api/tasks",
                "/metrics")) {
            answers.add(user.get(path).toString());
        }
    }

    /// What there is, by where it is.
    private Map<String, String> places(SesameServer server) throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("the server's output", server.output());
        places.put("answers", String.join("\n", answers));
        try (Stream<Path> files = Files.walk(server.dataDirectory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) < 64 << 20) {
                    places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        if (databaseUrl != null) {
            places.put("PostgreSQL", TestDatabases.dump(databaseUrl));
        }
        assertThat(places).anySatisfy((place, content) -> {
            assertThat(place).endsWith(databaseUrl == null ? "sesame.db" : "PostgreSQL");
            assertThat(content).contains("ada@example.com");
        });
        return places;
    }

    /// In which place which door's secret was found.
    private Set<String> finds(Map<String, String> places) {
        Set<String> finds = new TreeSet<>();
        planted.forEach((door, secret) -> places.forEach((place, content) -> {
            if (forms(secret).anyMatch(content::contains)) {
                finds.add(door + " in " + place);
            }
        }));
        return finds;
    }

    private static Stream<String> forms(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        Stream<String> base64 = Stream.of("", "x", "xx").map(before -> {
            String all = Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
            // Without what depends on the neighbours.
            return all.substring(before.isEmpty() ? 0 : 4, all.length() - 4);
        });
        return Stream.concat(Stream.of(secret, quoted(secret).replaceAll("^\"|\"$", ""), encoded), base64);
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
