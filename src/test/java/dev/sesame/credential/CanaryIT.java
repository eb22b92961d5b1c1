package dev.sesame.credential;

import static dev.sesame.credential.Said.sesame;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Secrets are planted through every door where one may be entered; most are used, the master key is rotated, those
/// that the server knows are typed to an agent and said by a model, and the agent prints some. Then they are searched
/// for, in all their forms, wherever they must not be: while the agent works, and after its end.
class CanaryIT {
    private static final String PAT = "/api/github/pat";

    /// What the server knows in the clear: not what was replaced, removed or refused, nor what it only has a hash of.
    private static final Pattern KNOWN =
            Pattern.compile("provider .*|claude-code|(codex|opencode) .*|gemini( 2)?|copilot"
                    + "|amp|mcp \\w+ kept|smtp\\.pass|(ai\\.apiKey|oidc\\.clientSecret) 2|[A-Z]+(_[A-Z]+)*|PAT");

    @TempDir
    private Path root;

    private final Canaries canaries = new Canaries();
    private final List<String> answers = new ArrayList<>();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private @Nullable String databaseUrl;
    private @Nullable String firstKey;

    @BeforeEach
    void start() {
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void no_secret_is_found_where_it_must_not_be(Kind kind) throws Exception {
        String monitor = canaries.plant("METRICS_TOKEN");
        try (var github = GitHubServer.start();
                var git = GitHttpServer.start(root);
                var echo = Echo.start();
                var server = start(kind, Map.of("METRICS_TOKEN", monitor), configuration(github, git, echo))) {
            var accounts = new CanaryAccounts(server, canaries, answers::add);
            HttpUser user = accounts.admin();
            String pat = enter(new CanaryDoors(user, canaries, answers::add), github);
            accounts.useKeys(user);
            accounts.losePassword(mail);
            accounts.signInElsewhere();
            rotate(server);
            assertThat(user.get(PAT).text("username")).isEqualTo("octocat");
            git.create("octo/app");
            git.allow(pat, "octo/app");
            github.repository(pat, "octo/app");

            echo.say("Named " + pat + " by a model");
            runTask(server, user, List.of(pat, monitor), () -> look(server, user, monitor));

            assertThat(echo.told()).as("What the services were told").contains("/v1/chat/completions", "/token");
            assertThat(canaries.count()).isGreaterThanOrEqualTo(50);
            server.stop();
            assertThat(canaries.finds(places(server)))
                    .as("Secrets in the clear, in the end")
                    .isEmpty();
        }
    }

    /// The file that an admin wrote. It holds no secret, and none may be added to it.
    private static String configuration(GitHubServer github, GitHttpServer git, Echo echo) {
        return """
            registration.allowNewUsers: true
            github: {url: "%s", apiUrl: "%s"}
            smtp: {host: 127.0.0.1, user: sesame, from: sesame@example.com}
            ai: {baseUrl: "%s/v1", model: small}
            oidc:
              enabled: true
              clientId: sesame
              authorizationUrl: "%3$s/authorize"
              tokenUrl: "%3$s/token"
              userInfoUrl: "%3$s/user"
            """.formatted(git.url(), github.url(), echo.url());
    }

    private SesameServer start(Kind kind, Map<String, String> common, String configuration) throws IOException {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(
                data.resolve("config.yaml"),
                configuration + "smtp.port: " + mail.getSmtp().getPort() + "\n");
        Map<String, String> all = new HashMap<>(common);
        all.put("DATA_DIR", data.toString());
        all.put("GITHUB_TOKEN", canaries.plantPlain("GITHUB_TOKEN"));
        all.put("OPENAI_API_KEY", canaries.plant("OPENAI_API_KEY"));
        all.put("COPILOT_GITHUB_TOKEN", canaries.plant("COPILOT_GITHUB_TOKEN"));
        if (kind == Kind.POSTGRES) {
            databaseUrl = TestDatabases.freshPostgres();
            firstKey = canaries.add("ENCRYPTION_KEY", EncryptionKey.fresh().hex());
            all.putAll(Map.of("DATABASE_URL", databaseUrl, "ENCRYPTION_KEY", firstKey));
        }
        return SesameServer.start(all);
    }

    /// The user's token for GitHub.
    private String enter(CanaryDoors doors, GitHubServer github) {
        String mailPassword = canaries.plant("smtp.pass");
        mail.setUser("sesame@example.com", "sesame", mailPassword);
        doors.enterKeys();
        doors.enterLogins();
        doors.enterServers();
        doors.enterSettings(mailPassword);
        String pat = doors.enterPat(github);
        doors.misuse(github, pat);
        return pat;
    }

    /// Beside the running server; a key of the environment is changed by a restart before.
    private void rotate(SesameServer server) throws IOException, InterruptedException {
        Map<String, String> environment =
                new HashMap<>(Map.of("DATA_DIR", server.dataDirectory().toString()));
        if (databaseUrl != null && firstKey != null) {
            String second =
                    canaries.add("second ENCRYPTION_KEY", EncryptionKey.fresh().hex());
            Map<String, String> both = Map.of("ENCRYPTION_KEY", second, "ENCRYPTION_KEY_PREVIOUS", firstKey);
            server.stop();
            server.restart(both);
            environment.putAll(both);
            environment.put("DATABASE_URL", databaseUrl);
        } else {
            canaries.add("key before", Files.readString(keyFile(server)).strip());
        }
        Said rotated = sesame(environment, "keys", "rotate");
        assertThat(rotated.status()).as(rotated.words()).isZero();
        assertThat(rotated.words()).containsPattern("[1-9][0-9]* secrets are under the new key now");
        answers.add(rotated.words());
        if (databaseUrl == null) {
            canaries.add("key in force", Files.readString(keyFile(server)).strip());
        }
    }

    private static Path keyFile(SesameServer server) {
        return server.dataDirectory().resolve("encryption.key");
    }

    /// The agent prints secrets that its prompt has only in halves, in all forms, and then waits until all was
    /// looked at.
    private void runTask(SesameServer server, HttpUser user, List<String> secrets, Runnable look) throws Exception {
        List<String> printed =
                secrets.stream().flatMap(it -> Canaries.printed(it).stream()).toList();
        String shell = printed.stream().map(CanaryIT::halves).collect(Collectors.joining("; "));
        String typed = typed();
        String prompt = typed + "\ndemo: run " + shell + "; " + halves("https://x:" + secrets.getFirst() + "@host")
                + " >&2\ndemo: ask Go on\ndemo: write a.txt 5";
        var body = Map.of(
                "prompt", prompt,
                "repository", "octo/app",
                "agent", "demo",
                "permissionMode", "ask",
                "pullRequest", "open");
        Answer created = user.post("/api/tasks", body);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        answers.add(created.toString());
        String task = "/api/tasks/" + created.text("id");
        Path agent = server.dataDirectory().resolve("tasks/" + created.text("id") + "/1/agent-0");
        try (SseReader stream = user.stream(task + "/stream", null)) {
            List<SseReader.Event> begun =
                    stream.until(it -> it.json().path("kind").asText().equals("permission_request"));
            JsonNode request = begun.getLast().json();
            assertThat(request.path("kind").asText()).as("%s", begun).isEqualTo("permission_request");
            assertThat(begun.toString().split("\\[redacted]", -1)).hasSizeGreaterThan(printed.size());
            answers.add(begun.toString());
            Answer queued = user.post(task + "/messages", Map.of("prompt", typed + "\ndemo: ask Go on again"));
            assertThat(queued.status()).as("%s", queued).isEqualTo(201);
            answers.add(queued + " " + user.get(task + "/messages/queued"));
            look.run();
            searchWhileItWaits(server, agent, secrets.getFirst());

            allow(user, task, request);
            List<SseReader.Event> more =
                    stream.until(it -> it.json().path("kind").asText().equals("permission_request"));
            answers.add(more.toString());
            assertThat(more.toString()).contains("Follow-up: Use [redacted]", "Spoken: [redacted]");
            searchWhileItWaits(server, agent, secrets.getFirst());
            allow(user, task, more.getLast().json());
            answers.add(stream.rest().toString());
        }
        JsonNode done = user.get(task).json();
        assertThat(done.get("title").asText()).isEqualTo("Named [redacted] by a model");
        assertThat(done.get("branch").asText()).endsWith("-named-redacted-by-a-model");
        assertThat(done.get("status").asText()).as("%s", done).isEqualTo("completed");
        answers.add(done.toString());
        answers.add(user.get(task + "/events?limit=1000").body());
        answers.add(user.get(task + "/diff").body());
        try (SseReader terminal = user.stream(task + "/terminal/stream", null)) {
            answers.add(terminal.rest().toString());
        }
        awaitGone(agent);
    }

    /// All that the server knows, in all forms, as a user may paste it.
    private String typed() {
        List<String> known = canaries.of(KNOWN);
        assertThat(known).hasSizeGreaterThan(30);
        return known.stream()
                .flatMap(secret -> Canaries.printed(secret).stream())
                .collect(Collectors.joining("\n", "Use " + known.getLast() + "\n", ""));
    }

    /// Also with a message for the agent that has what the server knows.
    private void allow(HttpUser user, String task, JsonNode request) {
        String answer = task + "/permissions/"
                + request.at("/permissionRequest/requestId").asText();
        String message = "Spoken: " + String.join(" ", canaries.of(KNOWN));
        Answer allowed = user.post(answer, Map.of("decision", "allow", "message", message));
        assertThat(allowed.status()).as("%s", allowed).isEqualTo(200);
        answers.add(allowed.toString());
    }

    /// A command that prints a text without having it.
    private static String halves(String text) {
        int half = text.length() / 2;
        return "printf '%s%s\\n' '" + text.substring(0, half) + "' '" + text.substring(half) + "'";
    }

    /// What the agent itself printed is raw in its spool, for nobody but us, and only until the attempt is over.
    /// Nothing else there may hold a secret, nor may the command line of any process.
    private void searchWhileItWaits(SesameServer server, Path agent, String pat) throws IOException {
        List<Path> raw = List.of(agent.resolve("out"), agent.resolve("err"));
        assertThat(Files.readString(raw.getFirst()))
                .as("The agent's own output")
                .contains(pat);
        for (Path file : raw) {
            assertThat(mode(file)).as("%s", file).isEqualTo("rw-------");
        }
        assertThat(mode(agent)).isEqualTo("rwx------");
        Map<String, String> places = places(server);
        raw.forEach(file -> places.remove(file.toString()));
        assertThat(places).containsKeys(agent.resolve("in").toString());
        places.put(
                "arguments of processes",
                ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .collect(Collectors.joining("\n")));
        assertThat(canaries.finds(places))
                .as("Secrets in the clear, while the agent works")
                .isEmpty();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void awaitGone(Path directory) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (Files.exists(directory)) {
            assertThat(System.nanoTime()).as("%s is gone", directory).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void look(SesameServer server, HttpUser user, String monitor) {
        for (String path : List.of(
                "/api/api-keys",
                "/api/agent-credentials",
                "/api/mcp-servers",
                PAT,
                "/api/settings",
                "/api/settings/schema",
                "/api/repos",
                "/api/auth/list-sessions",
                "/api/auth/api-key/list",
                "/api/admin/audit?limit=200",
                "/api/admin/users",
                "/api/admin/system",
                "/api/admin/tasks",
                "/api/tasks")) {
            Answer answer = user.get(path);
            assertThat(answer.status()).as("%s %s", path, answer).isEqualTo(200);
            answers.add(answer.toString());
        }
        HttpUser anybody = server.anonymous();
        Answer metrics = anybody.with("Authorization", "Bearer " + monitor).get("/metrics");
        assertThat(metrics.status()).as("%s", metrics).isEqualTo(200);
        assertThat(metrics.body()).contains("sesame_tasks{status=\"processing\"} 1.0", "jvm_memory_used_bytes");
        answers.add(metrics.toString());
        String wrong = "Bearer " + canaries.plant("wrong metrics token");
        answers.add(anybody.with("Authorization", wrong).get("/metrics").toString());
    }

    /// What there is, by where it is. The key in force is all that its own file holds.
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
        assertThat(places)
                .containsKey(server.dataDirectory().resolve("config.yaml").toString());
        if (databaseUrl != null) {
            places.put("PostgreSQL", TestDatabases.dump(databaseUrl));
        } else {
            assertThat(places.remove(keyFile(server).toString())).matches("[0-9a-f]{64}\n");
            assertThat(mode(keyFile(server))).isEqualTo("rw-------");
        }
        assertThat(places).anySatisfy((place, content) -> {
            assertThat(place).matches(databaseUrl == null ? ".*/sesame\\.db(-wal)?" : "PostgreSQL");
            assertThat(content).contains("ada@example.com");
        });
        return places;
    }
}
