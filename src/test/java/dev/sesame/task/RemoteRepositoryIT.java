package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.git.GitHttpServer;
import dev.sesame.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks on a git host with tokens: what goes wrong there has its clear result, and what is kept can be pushed later.
final class RemoteRepositoryIT {

    private static final String TOKEN = "good-token-0123456789";

    @TempDir
    private static Path root;

    private static GitHttpServer host;
    private static TaskWorld world;

    @BeforeAll
    static void start() {
        host = GitHttpServer.start(root);
        world = new TaskWorld(Map.of("GITHUB_URL", host.url(), "GITHUB_TOKEN", TOKEN));
    }

    @AfterAll
    static void stop() {
        world.close();
        host.close();
    }

    @Test
    void a_task_clones_and_pushes_with_the_token_which_shows_nowhere() {
        TestGit repository = create("octo/app");
        String id = create("octo/app", "demo: run env; git config -l; git remote -v\ndemo: write a.txt 5");
        List<JsonNode> events = world.follow(id);
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as("%s", events).isEqualTo("completed");
        assertThat(repository.run(
                        "diff", "--name-only", "main", task.path("branch").asText()))
                .isEqualTo("a.txt");
        assertThat(events.toString()).contains(host.url()).doesNotContain(TOKEN);
        assertThat(world.server.output()).doesNotContain(TOKEN);
    }

    @Test
    void a_repository_that_the_token_does_not_open_fails_with_its_reason() {
        host.create("octo/secret");
        assertThat(errorOf(create("octo/secret", "demo: text 1 1")))
                .isIn("repository_not_found", "git_credential_rejected");
        assertThat(errorOf(create("octo/nothing", "demo: text 1 1")))
                .isIn("repository_not_found", "git_credential_rejected");
    }

    @Test
    void a_missing_branch_and_an_empty_repository_are_told_apart() {
        create("octo/branches");
        String missing = world.create("demo: text 1 1", Map.of("repository", "octo/branches", "branch", "nowhere"));
        assertThat(errorOf(missing)).isEqualTo("branch_not_found");
        host.createEmpty("octo/empty");
        host.allow(TOKEN, "octo/empty");
        assertThat(errorOf(create("octo/empty", "demo: text 1 1"))).isEqualTo("empty_repository");
    }

    @Test
    void after_a_refused_push_a_retry_repeats_only_the_push() throws IOException {
        TestGit repository = create("octo/guarded");
        host.declinePushes("octo/guarded", "not on Fridays");
        String id = create("octo/guarded", "demo: write a.txt 5");
        List<JsonNode> first = world.follow(id);
        JsonNode failed = world.get(id);
        assertThat(failed.path("error").path("code").asText()).isEqualTo("push_rejected");
        assertThat(failed.path("error").path("message").asText()).contains("not on Fridays");
        assertThat(world.user().get("/api/tasks/" + id + "/diff").body()).contains("a.txt");

        Files.delete(repository.directory().resolve("hooks/pre-receive"));
        world.user().post("/api/tasks/" + id + "/retry", null);
        world.awaitDone(id, first.size() - 1);
        List<JsonNode> second =
                world.follow(id).subList(first.size(), world.follow(id).size());
        assertThat(second).noneMatch(e -> e.path("kind").asText().equals("tool_call"));
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        assertThat(repository.run("branch", "--list", "sesame/*")).isNotBlank();
    }

    @Test
    void a_foreign_commit_on_the_branch_is_not_overwritten() {
        TestGit repository = create("octo/shared");
        String id = create("octo/shared", "demo: write a.txt 5");
        List<JsonNode> first = world.follow(id);
        String branch = world.get(id).path("branch").asText();
        repository.run("update-ref", "refs/heads/" + branch, "main");
        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "demo: write b.txt 5"));
        world.awaitDone(id, first.size() - 1);
        assertThat(world.get(id).path("error").path("code").asText()).isEqualTo("branch_moved");
        assertThat(repository.run("rev-parse", branch)).isEqualTo(repository.run("rev-parse", "main"));
    }

    private static TestGit create(String name) {
        TestGit repository = host.create(name);
        host.allow(TOKEN, name);
        return repository;
    }

    private static String create(String repository, String prompt) {
        return world.create(prompt, Map.of("repository", repository));
    }

    private static String errorOf(String id) {
        world.follow(id);
        return world.get(id).path("error").path("code").asText();
    }
}
