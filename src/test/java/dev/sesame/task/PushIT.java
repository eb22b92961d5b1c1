package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.sandbox.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is pushed and what is not, and that a push that has begun is not called back.
final class PushIT {

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void work_that_holds_a_known_secret_is_kept_and_not_pushed() {
        Map<String, String> key = Map.of("provider", "anthropic", "key", "sk-ant-9876543210fedcba");
        assertThat(world.user().post("/api/api-keys", key).status()).isEqualTo(200);
        // In two parts, so that only the file has it.
        String id = world.create("demo: write fine.txt 5\ndemo: run printf '%s%s' sk-ant-98765 43210fedcba > leak.txt");
        world.follow(id);

        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).isEqualTo("failed");
        assertThat(task.path("error").path("code").asText()).isEqualTo("secret_in_diff");
        assertThat(task.path("error").path("message").asText())
                .contains("leak.txt")
                .doesNotContain("fine.txt");
        assertThat(world.repository.run("branch", "--list", "sesame/*"))
                .doesNotContain(task.path("branch").asText());
        Answer diff = world.user().get("/api/tasks/" + id + "/diff");
        assertThat(diff.status()).isEqualTo(200);
        assertThat(diff.body()).contains("+++ b/leak.txt", "+++ b/fine.txt");
    }

    @Test
    void a_push_that_has_begun_can_not_be_cancelled_and_completes(@TempDir Path place) throws IOException {
        Path begun = place.resolve("begun");
        Path gate = place.resolve("gate");
        Path hook = world.repository.directory().resolve("hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(
                hook, "#!/bin/sh\n: > '%s'\nwhile [ ! -e '%s' ]; do sleep 0.05; done\n".formatted(begun, gate));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            String id = world.create("demo: write a.txt 5");
            Runs.await("the push", () -> Files.exists(begun));
            assertThat(world.get(id).path("phase").asText()).isEqualTo("pushing");
            Answer cancelled = world.user().post("/api/tasks/" + id + "/cancel", null);
            assertThat(cancelled.status()).isEqualTo(409);
            assertThat(cancelled.text("type")).isEqualTo("urn:sesame:error:conflict");

            Files.createFile(gate);
            world.follow(id);
            JsonNode task = world.get(id);
            assertThat(task.path("status").asText()).isEqualTo("completed");
            assertThat(world.repository.run("rev-parse", task.path("branch").asText()))
                    .isEqualTo(task.path("commit").asText());
        } finally {
            Files.delete(hook);
        }
    }

    @Test
    void a_retry_of_the_push_alone_overwrites_no_foreign_commit_either() {
        String id = world.create("demo: write a.txt 5\ndemo: ask Push it", Map.of("permissionMode", "ask"));
        JsonNode request = world.awaitEvent(id, "permission_request").path("permissionRequest");
        String branch = world.get(id).path("branch").asText();
        String foreign = foreignCommit(branch, "main");
        String decision =
                "/api/tasks/" + id + "/permissions/" + request.path("requestId").asText();
        assertThat(world.user().post(decision, Map.of("decision", "allow")).status())
                .isEqualTo(200);
        List<JsonNode> first = world.follow(id);
        assertMoved(id, branch, foreign);

        List<JsonNode> second = retry(id, first);
        assertThat(second).noneMatch(e -> e.path("kind").asText().equals("tool_call"));
        assertMoved(id, branch, foreign);

        world.repository.run("update-ref", "-d", "refs/heads/" + branch);
        retry(id, world.follow(id));
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as("%s", task).isEqualTo("completed");
        assertThat(world.repository.run("rev-parse", branch))
                .isEqualTo(task.path("commit").asText());
    }

    @Test
    void a_retry_from_the_base_overwrites_no_commit_that_came_after_the_last_push() {
        String id = world.create("demo: write a.txt 5");
        List<JsonNode> first = world.follow(id);
        String branch = world.get(id).path("branch").asText();
        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "demo: crash 3"));
        world.awaitDone(id, first.size() - 1);
        assertThat(errorCode(id)).isEqualTo("agent_crashed");
        String foreign = foreignCommit(branch, branch);

        retry(id, world.follow(id));
        assertMoved(id, branch, foreign);
    }

    /// Moves the branch to a new commit of somebody else's.
    private static String foreignCommit(String branch, String parent) {
        String commit = world.repository.run("commit-tree", "-m", "Foreign", "-p", parent, parent + "^{tree}");
        world.repository.run("update-ref", "refs/heads/" + branch, commit);
        return commit;
    }

    /// Returns the events of the new attempt.
    private static List<JsonNode> retry(String id, List<JsonNode> before) {
        assertThat(world.user().post("/api/tasks/" + id + "/retry", null).status())
                .isEqualTo(200);
        world.awaitDone(id, before.size() - 1);
        List<JsonNode> all = world.follow(id);
        return all.subList(before.size(), all.size());
    }

    private static void assertMoved(String id, String branch, String foreign) {
        assertThat(errorCode(id)).isEqualTo("branch_moved");
        assertThat(world.repository.run("rev-parse", branch)).isEqualTo(foreign);
    }

    private static String errorCode(String id) {
        return world.get(id).path("error").path("code").asText();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_co_author_is_in_the_pushed_commit_if_the_setting_says_so(boolean included) {
        set("git.includeCoAuthoredBy", included);
        try {
            String id = world.create("demo: write a.txt 5");
            world.follow(id);
            String branch = world.get(id).path("branch").asText();
            assertThat(world.repository.run("log", "-1", "--format=%(trailers:key=Co-authored-by,valueonly)", branch))
                    .isEqualTo(included ? "Sesame <noreply@sesame.dev>" : "");
            assertThat(world.repository.run("log", "-1", "--format=%(trailers:key=Sesame-Task,valueonly)", branch))
                    .isEqualTo(id);
            String message = world.repository.run("log", "-1", "--format=%B", branch);
            assertThat(message.toLowerCase(Locale.ROOT).contains("co-authored-by"))
                    .isEqualTo(included);
        } finally {
            set("git.includeCoAuthoredBy", true);
        }
    }

    private static void set(String setting, boolean value) {
        assertThat(world.user().patch("/api/settings", Map.of(setting, value)).status())
                .isEqualTo(200);
    }
}
