package dev.sesame.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.ai.ChatServer.Reply;
import dev.sesame.git.GitHttpServer;
import dev.sesame.git.TestGit;
import dev.sesame.github.GitHubServer;
import dev.sesame.task.TaskWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The settings `ai.*` in a running server: what becomes of a model's words, and of a task if there are none.
class AiIT {
    private static final String KEY = "sk-Model-0123456789";
    private static final String TITLE = "Add JWT authentication";
    private static final String MESSAGE = "Add tokens\n\nSo that sessions end.";
    private static final String PROMPT = "demo: ask Go on\ndemo: write a.txt 5";

    @TempDir
    private static Path root;

    private static GitHubServer github;
    private static GitHttpServer git;
    private static TaskWorld world;

    @BeforeAll
    static void start() {
        github = GitHubServer.start();
        git = GitHttpServer.start(root);
        world = new TaskWorld(Map.of("GITHUB_URL", git.url(), "GITHUB_API_URL", github.url()));
    }

    @AfterAll
    static void stop() {
        world.close();
        git.close();
        github.close();
    }

    @Test
    void title_branch_and_commit_are_named_by_the_model_and_the_pull_request_by_the_title() throws Exception {
        TestGit repository = repositoryOnGitHub("ghp_namer_01234", "octo/named");
        try (var chat = ChatServer.start(AiIT::good)) {
            use(chat.url());
            Waiting waiting = waiting(chat, Map.of("repository", "octo/named", "pullRequest", "open"));
            String id = waiting.id();
            awaitTitle(id);
            JsonNode task = waiting.goOn();

            String branch = task.path("branch").asText();
            assertThat(task.path("title").asText()).isEqualTo(TITLE);
            assertThat(branch).endsWith("-add-jwt-authentication");
            assertThat(repository.run("log", "-1", "--format=%B", branch))
                    .startsWith(MESSAGE + "\n\nSesame-Task: " + id + "\n");
            assertThat(github.pulls("octo/named")).hasSize(1);
            JsonNode pull = github.pulls("octo/named").getFirst();
            assertThat(pull.path("title").asText()).isEqualTo(TITLE);
            assertThat(pull.path("body").asText())
                    .isEqualTo(PROMPT + "\n\n---\nWork of demo, task " + id + " of Sesame.");
            assertThat(pull.at("/head/ref").asText()).isEqualTo(branch);
            assertThat(chat.asked()).hasSize(2).allSatisfy(asked -> {
                assertThat(asked.authorization()).isEqualTo("Bearer " + KEY);
                assertThat(asked.model()).isEqualTo("small-model");
                assertThat(asked.text()).isEqualTo(PROMPT);
            });
        }
    }

    /// Whoever waited for the endpoint would be over only after the server has given it up. On a busy machine that
    /// may happen to a task that did not wait, too, but not to one after the other.
    @Test
    void a_task_is_over_while_an_endpoint_that_hangs_still_holds_its_requests() throws Exception {
        try (var silent = SilentServer.start()) {
            use(silent.url());
            boolean held = false;
            for (int i = 0; i < 5 && !held; i++) {
                String id = world.create("demo: write b.txt 5");
                String events = world.follow(id).toString();
                held = silent.waiting() == 2;
                JsonNode task = checked(id, events);
                assertPlain(task, "demo: write b.txt 5", "demo: write b.txt 5");
                silent.awaitNobodyWaits();
            }
            assertThat(held).as("A task was over before its requests").isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("useless")
    void a_task_does_without_an_endpoint_that_has_nothing_to_say(Reply reply) throws Exception {
        try (var chat = ChatServer.start(instruction -> reply)) {
            use(chat.url());
            Waiting waiting = waiting(chat, Map.of());
            JsonNode task = waiting.goOn();

            assertThat(chat.asked()).hasSize(2);
            assertPlain(task, "demo: ask Go on", "demo: ask Go on\n\n" + PROMPT);
        }
    }

    static Stream<Reply> useless() {
        return Stream.of(
                new Reply(500, "{\"error\":{\"message\":\"Sorry\"}}"),
                new Reply(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}"),
                new Reply(302, ""),
                new Reply(200, ""),
                new Reply(200, "<html>" + KEY + "</html>"),
                new Reply(200, "{}"),
                new Reply(200, "[[[[\"choices\"]]]]"),
                new Reply(200, "{\"choices\":[{\"message\":{\"content\":{\"text\":\"A title\"}}}]}"),
                Reply.says("\"**\"\n\n"),
                Reply.says("Use " + KEY),
                Reply.says("word ".repeat(500_000)));
    }

    private static Reply good(String instruction) {
        return Reply.says(instruction.startsWith("You name tasks") ? TITLE : MESSAGE);
    }

    private static void use(String url) {
        Answer set = world.user()
                .patch("/api/settings", Map.of("ai.baseUrl", url, "ai.apiKey", KEY, "ai.model", "small-model"));
        assertThat(set.status()).as("%s", set).isEqualTo(200);
    }

    private static TestGit repositoryOnGitHub(String token, String name) {
        TestGit repository = git.create(name);
        git.allow(token, name);
        github.account(token, "octo", "repo");
        github.repository(token, name);
        assertThat(world.user().post("/api/github/pat", Map.of("token", token)).status())
                .isEqualTo(200);
        return repository;
    }

    /// A task whose agent waits for its user.
    ///
    /// @param answer the path for it
    private record Waiting(String id, String answer) {
        JsonNode goOn() {
            Answer allowed = world.user().post(answer, Map.of("decision", "allow"));
            assertThat(allowed.status()).as("%s", allowed).isEqualTo(200);
            return checked(id, world.follow(id).toString());
        }
    }

    /// Until the endpoint has answered to both questions.
    private static Waiting waiting(ChatServer chat, Map<String, Object> more) throws InterruptedException {
        Map<String, Object> body = new HashMap<>(more);
        body.put("permissionMode", "ask");
        String id = world.create(PROMPT, body);
        JsonNode request = world.awaitEvent(id, "permission_request");
        chat.awaitAnswers(2);
        return new Waiting(
                id,
                "/api/tasks/" + id + "/permissions/"
                        + request.at("/permissionRequest/requestId").asText());
    }

    private static void awaitTitle(String id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!world.get(id).path("title").asText().equals(TITLE)) {
            assertThat(System.nanoTime()).as("%s", world.get(id)).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /// As it is in the end; nothing that it left says the key.
    private static JsonNode checked(String id, String events) {
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as(events).isEqualTo("completed");
        String stored =
                world.user().get("/api/tasks/" + id + "/events?limit=1000").body();
        for (String place : List.of(events, stored, task.toString(), world.server.output())) {
            assertThat(place).doesNotContainIgnoringCase(KEY);
        }
        return task;
    }

    private static void assertPlain(JsonNode task, String title, String message) {
        String id = task.path("id").asText();
        String branch = task.path("branch").asText();
        assertThat(task.path("title").asText()).isEqualTo(title);
        assertThat(branch).endsWith(id.replaceFirst("^task_", ""));
        assertThat(world.repository.run("log", "-1", "--format=%B", branch))
                .startsWith(message + "\n\nSesame-Task: " + id + "\n");
    }
}
