package dev.sesame.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.api.Reference.Block;
import dev.sesame.git.GitHttpServer;
import dev.sesame.github.GitHubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A story in which each endpoint of the reference is called once, with the body that the reference gives it,
/// letter for letter. GitHub is one of ours; a program plays the agent, which is otherwise run as any.
final class ReferenceStory implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String TOOL = "\"kind\":\"tool_call\"";

    private final GitHubServer github = GitHubServer.start();
    private final GitHttpServer git;
    private final Map<String, String> bodies = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Map<String, Answer> byStatus = new LinkedHashMap<>();
    private String task = "";

    final SesameServer server;
    final HttpUser admin;
    final HttpUser stranger;

    /// @param directory an empty one
    ReferenceStory(Path directory, List<Block> reference) throws IOException {
        reference.stream()
                .filter(block -> block.name().endsWith(": request"))
                .forEach(block -> bodies.put(block.name().replace(": request", ""), block.text()));
        git = GitHttpServer.start(Files.createDirectory(directory.resolve("git")));
        server = SesameServer.start(Map.of(
                "ALLOW_USER_REGISTRATION", "true",
                "AI_API_KEY", "locks-the-setting",
                "GITHUB_URL", git.url(),
                "GITHUB_API_URL", github.url(),
                "AGENTS_PATH_CLAUDE_CODE", agent(directory).toString(),
                "EVENTS_PING_SECONDS", "1",
                "TASKS_MAX_RUNNING", "1"));
        admin = server.admin();
        stranger = server.user();
    }

    private static Path agent(Path directory) throws IOException {
        Path program = directory.toRealPath().resolve("claude");
        Files.copy(Path.of("src/test/resources/agents/claude-code"), program);
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void play() {
        call(server.anonymous(), "GET /api/health");
        call(server.anonymous(), "GET /api/setup/status");
        secrets();
        repositories();
        admin.patch("/api/settings", Map.of("ai.model", "gpt-4o-mini"));
        call(admin, "GET /api/settings");
        call(admin, "PATCH /api/settings");
        aTaskThatEndsWell();
        aTaskThatIsCancelled();
        users();
        call(admin, "DELETE /api/github/pat");
        call(admin, "DELETE /api/api-keys/:provider", body("POST /api/api-keys", "provider"));
        call(admin, "DELETE /api/agent-credentials/:agent", body("POST /api/agent-credentials", "agent"));
    }

    private void secrets() {
        github.account(body("POST /api/github/pat", "token"), "octocat", "repo, read:user");
        call(admin, "POST /api/github/pat");
        call(admin, "GET /api/github/pat");
        call(admin, "POST /api/api-keys");
        call(admin, "GET /api/api-keys");
        call(admin, "POST /api/agent-credentials");
        call(admin, "GET /api/agent-credentials");
    }

    private void repositories() {
        String token = body("POST /api/github/pat", "token");
        String repository = body("POST /api/tasks", "repository");
        git.create(repository);
        git.allow(token, repository);
        github.repository(token, repository);
        github.repository(token, "owner/my-project");
        github.publish(token, "owner/my-project");
        call(admin, "GET /api/repos");
        call(admin, "GET /api/repos/:owner/:repo/branches", repository.split("/"));
    }

    private void aTaskThatEndsWell() {
        task = call(admin, "POST /api/tasks").text("id");
        try (LiveText stream = LiveText.of(admin, "/api/tasks/" + task + "/stream")) {
            stream.await(TOOL);
            stream.await("event: ping\n");
            call(admin, "GET /api/tasks/:taskId", task);
            list("processing");
            openTheGate();
            answers.put("GET /api/tasks/:taskId/stream", stream.whole());
        }
        call(admin, "GET /api/tasks");
        list("completed");
    }

    /// The first of these runs until it is cancelled, so the other one waits. In the end that one runs and the
    /// first waits for another attempt: no task changes any more.
    private void aTaskThatIsCancelled() {
        String id = another();
        String other = another();
        awaitItsTool(id);
        list("pending");
        call(admin, "POST /api/tasks/:taskId/cancel", id);
        list("failed");
        awaitItsTool(other);
        call(admin, "POST /api/tasks/:taskId/retry", id);
    }

    private String another() {
        return admin.send("POST", "/api/tasks", bodies.get("POST /api/tasks")).text("id");
    }

    private void awaitItsTool(String id) {
        try (LiveText stream = LiveText.of(admin, "/api/tasks/" + id + "/stream")) {
            stream.await(TOOL);
        }
    }

    private void openTheGate() {
        try {
            Files.createFile(
                    server.dataDirectory().resolve("tasks").resolve(task).resolve("home/gate"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void users() {
        String id =
                server.user().get("/api/auth/get-session").json().at("/user/id").asText();
        call(admin, "GET /api/admin/users");
        bodies.put("PATCH /api/admin/users/:userId", "{\"role\":\"admin\"}");
        call(admin, "PATCH /api/admin/users/:userId", id);
        call(admin, "DELETE /api/admin/users/:userId", id);
        call(admin, "GET /api/admin/audit");
    }

    private Answer call(HttpUser user, String endpoint, String... values) {
        String target = endpoint.replaceFirst(".* ", "");
        for (String value : values) {
            target = target.replaceFirst(":\\w+", value);
        }
        Answer answer = user.send(endpoint.replaceFirst(" .*", ""), target, bodies.get(endpoint));
        answers.put(endpoint, answer);
        return answer;
    }

    private void list(String status) {
        byStatus.put(status, admin.get("/api/tasks?status=" + status));
    }

    private String body(String endpoint, String member) {
        return json(Objects.requireNonNull(bodies.get(endpoint), endpoint))
                .path(member)
                .asText();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /// The answers, by endpoint as the reference names it.
    Map<String, Answer> answers() {
        return answers;
    }

    Answer answer(String endpoint) {
        return Objects.requireNonNull(answers.get(endpoint), endpoint);
    }

    /// The list of tasks of one status, asked for when there was one.
    Answer tasksOfStatus(String status) {
        return Objects.requireNonNull(byStatus.get(status), status);
    }

    /// The one that ended well.
    String task() {
        return task;
    }

    @Override
    public void close() {
        server.close();
        git.close();
        github.close();
    }
}
