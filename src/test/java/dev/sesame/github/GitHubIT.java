package dev.sesame.github;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.SseReader;
import dev.sesame.git.GitHttpServer;
import dev.sesame.git.TestGit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The GitHub part of the reference, against a GitHub of ours: tokens, repositories, branches, pull requests.
class GitHubIT {
    private static final String PAT = "/api/github/pat";

    @TempDir
    private static Path root;

    private static GitHubServer github;
    private static GitHttpServer git;
    private static SesameServer server;

    @BeforeAll
    static void start() {
        github = GitHubServer.start();
        git = GitHttpServer.start(root);
        server = SesameServer.start(
                Map.of("GITHUB_URL", git.url(), "GITHUB_API_URL", github.url(), "ALLOW_USER_REGISTRATION", "true"));
        server.admin();
        server.repository("team/local");
        server.repository("solo");
    }

    @AfterAll
    static void stop() {
        server.close();
        git.close();
        github.close();
    }

    @AfterEach
    void recover() {
        github.recover();
        github.remaining(5_000);
    }

    private static HttpUser userWith(String token) {
        HttpUser user = server.user();
        Answer set = user.post(PAT, Map.of("token", token));
        assertThat(set.status()).as("%s", set).isEqualTo(200);
        return user;
    }

    @Test
    void a_token_is_checked_stored_shown_by_its_owner_and_removed() {
        github.account("ghp_xxxxxxxxxxxx", "octocat", "repo, read:user");
        HttpUser user = server.user();
        assertThat(user.get(PAT).body()).isEqualTo("{\"configured\":false,\"scopes\":[]}");

        Answer set = user.post(PAT, Map.of("token", "ghp_xxxxxxxxxxxx"));

        String shown = "{\"configured\":true,\"username\":\"octocat\",\"scopes\":[\"repo\",\"read:user\"]}";
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).isEqualTo(shown);
        assertThat(user.get(PAT).body()).isEqualTo(shown);
        assertThat(server.user().get(PAT).json().get("configured").booleanValue())
                .isFalse();
        assertThat(user.delete(PAT).status()).isEqualTo(204);
        assertThat(user.delete(PAT).status()).isEqualTo(204);
        assertThat(user.get(PAT).json().get("configured").booleanValue()).isFalse();
    }

    @Test
    void a_fine_grained_token_has_no_scopes() {
        github.account("github_pat_0123456789", "octocat", null);
        HttpUser user = userWith("github_pat_0123456789");
        assertThat(user.get(PAT).body()).isEqualTo("{\"configured\":true,\"username\":\"octocat\",\"scopes\":[]}");
    }

    @Test
    void a_token_that_github_does_not_know_is_not_stored() {
        HttpUser user = server.user();

        Answer refused = user.post(PAT, Map.of("token", "ghp_unknown_0123"));

        assertProblem(refused, 422, "Bad credentials");
        assertThat(refused.body()).doesNotContain("ghp_unknown");
        assertThat(user.get(PAT).json().get("configured").booleanValue()).isFalse();
        assertProblem(user.post(PAT, Map.of()), 400, "token is required");
        assertProblem(user.post(PAT, Map.of("token", "with a blank")), 400, "token");
        github.fail(500, "{}");
        assertProblem(user.post(PAT, Map.of("token", "ghp_0123456789")), 502, "GitHub answered 500");
    }

    @Test
    void repositories_are_listed_with_the_local_ones_and_searched() {
        github.account("ghp_lister_0123", "octocat", "repo");
        for (int i = 0; i < 120; i++) {
            github.repository("ghp_lister_0123", "octocat/project-" + i);
        }
        HttpUser user = userWith("ghp_lister_0123");

        JsonNode all = user.get("/api/repos").json().get("repositories");

        assertThat(all).hasSize(122);
        assertThat(names(all)).startsWith("solo", "team/local").contains("octocat/project-119");
        JsonNode one = all.get(121);
        assertThat(one.toString())
                .matches("\\{\"id\":\\d+,\"name\":\"project-\\d+\",\"full_name\":\"octocat/project-\\d+\","
                        + "\"private\":true,\"default_branch\":\"main\"}");
        assertThat(names(user.get("/api/repos?search=PROJECT-11").json().get("repositories")))
                .hasSize(11)
                .allMatch(name -> name.startsWith("octocat/project-11"));
        assertThat(names(user.get("/api/repos?search=local").json().get("repositories")))
                .containsExactly("team/local");
    }

    @Test
    void without_a_token_there_are_the_local_repositories() {
        JsonNode local = server.user().get("/api/repos").json().get("repositories");

        assertThat(names(local)).containsExactly("solo", "team/local");
        assertThat(local.get(1).get("name").asText()).isEqualTo("local");
        assertThat(local.get(1).get("default_branch").asText()).isEqualTo("main");
        assertThat(local.get(1).get("id").asLong()).isBetween(1L << 52, (1L << 53) - 1);
        assertThat(server.user().get("/api/repos").json().get("repositories")).isEqualTo(local);
        assertProblem(server.user().get("/api/repos/octo/app/branches"), 422, "No token for");
    }

    @Test
    void where_there_are_no_local_repositories_either_the_token_is_missed() {
        try (var bare = SesameServer.start(Map.of("GIT_LOCAL_REPOSITORIES", ""))) {
            assertProblem(bare.admin().get("/api/repos"), 422, "No token for");
        }
    }

    @Test
    void branches_are_githubs_and_those_of_local_repositories() {
        github.account("ghp_branches_01", "octo", "repo");
        github.repository("ghp_branches_01", "octo/app");
        github.branch("octo/app", "feature/x", false);
        HttpUser user = userWith("ghp_branches_01");

        assertThat(user.get("/api/repos/octo/app/branches").body())
                .isEqualTo("{\"branches\":[{\"name\":\"main\",\"commit\":{\"sha\":"
                        + "\"c5b97d5ae6c19d5c5df71a34c7fbeeda2479ccbc\"},\"protected\":true},{\"name\":\"feature/x\","
                        + "\"commit\":{\"sha\":\"c5b97d5ae6c19d5c5df71a34c7fbeeda2479ccbc\"},\"protected\":false}]}");
        for (String local : List.of("solo", "team/local")) {
            JsonNode branches =
                    user.get("/api/repos/" + local + "/branches").json().get("branches");
            assertThat(branches).hasSize(1);
            assertThat(branches.get(0).get("name").asText()).isEqualTo("main");
            assertThat(branches.get(0).get("commit").get("sha").asText()).matches("[0-9a-f]{40}");
        }
        assertProblem(user.get("/api/repos/octo/other/branches"), 404, "Not Found");
        assertProblem(user.get("/api/repos/nothing/branches"), 404, "no local repository");
        assertProblem(user.get("/api/repos/..%2F..%2Fetc/x/branches"), 400, "repository");
    }

    @Test
    void githubs_refusals_become_ours() {
        github.account("ghp_refused_012", "octo", "repo");
        HttpUser user = userWith("ghp_refused_012");
        github.fail(403, "{\"message\":\"Resource protected by organization SAML enforcement\"}");
        assertProblem(user.get("/api/repos"), 403, "SAML enforcement");
        github.fail(502, "<html>");
        assertProblem(user.get("/api/repos"), 502, "GitHub answered 502");
        github.recover();
        github.remaining(0);
        Answer limited = user.get("/api/repos");
        assertProblem(limited, 403, "rate limit");
        assertThat(Integer.parseInt(limited.header("retry-after"))).isPositive();
        github.revoke("ghp_refused_012");
    }

    @Test
    void a_key_needs_the_permissions() {
        HttpUser usual = server.keyOf(server.user());
        assertProblem(usual.get(PAT), 403, "credentials:read");
        assertProblem(usual.post(PAT, Map.of()), 403, "credentials:write");
        assertProblem(usual.delete(PAT), 403, "credentials:write");
        assertThat(usual.get("/api/repos").status()).isEqualTo(200);
        for (String path : List.of(PAT, "/api/repos", "/api/repos/a/b/branches", "/api/repos/a/branches")) {
            assertProblem(server.anonymous().get(path), 401, "Sign in");
        }
    }

    @Test
    void a_pull_request_follows_the_push_and_the_next_attempt_reuses_it() {
        HttpUser user = worker("ghp_pulls_01234", "octo/pulled");

        String id = create(user, "octo/pulled", "open", "demo: write a.txt 5");
        List<JsonNode> events = follow(user, id, -1);
        JsonNode task = user.get("/api/tasks/" + id).json();

        assertThat(task.get("status").asText()).as("%s", events).isEqualTo("completed");
        assertThat(github.pulls("octo/pulled")).hasSize(1);
        JsonNode pull = github.pulls("octo/pulled").getFirst();
        assertThat(task.get("pullRequestUrl")).isEqualTo(pull.get("html_url"));
        assertThat(pull.get("head").get("ref")).isEqualTo(task.get("branch"));
        assertThat(pull.get("base").get("ref").asText()).isEqualTo("main");
        assertThat(pull.get("title").asText()).isEqualTo("demo: write a.txt 5");
        assertThat(pull.get("draft").booleanValue()).isFalse();
        TestGit repository = new TestGit(root.resolve("octo/pulled.git"));
        assertThat(repository.run(
                        "log", "-1", "--format=%an <%ae>", task.get("branch").asText()))
                .matches("The octo <\\d+\\+octo@users\\.noreply\\.127\\.0\\.0\\.1>");

        user.post("/api/tasks/" + id + "/messages", Map.of("prompt", "demo: write b.txt 5"));
        follow(user, id, events.size() - 1);
        assertThat(user.get("/api/tasks/" + id).json().get("status").asText()).isEqualTo("completed");
        assertThat(github.pulls("octo/pulled")).hasSize(1);
    }

    @Test
    void a_pull_request_that_fails_leaves_the_work_pushed_and_a_retry_repeats_only_it() {
        HttpUser user = worker("ghp_draft_01234", "octo/drafted");
        github.branchesOf("octo/drafted", branch -> false);

        String id = create(user, "octo/drafted", "draft", "demo: write a.txt 5");
        List<JsonNode> events = follow(user, id, -1);
        JsonNode failed = user.get("/api/tasks/" + id).json();

        assertThat(failed.get("error").get("code").asText()).isEqualTo("pull_request_failed");
        assertThat(failed.get("error").get("message").asText()).contains("head invalid");
        TestGit repository = new TestGit(root.resolve("octo/drafted.git"));
        assertThat(repository.run("rev-parse", failed.get("branch").asText()))
                .isEqualTo(failed.get("commit").asText());

        github.branchesOf("octo/drafted", branch -> true);
        assertThat(user.post("/api/tasks/" + id + "/retry", null).status()).isEqualTo(200);
        List<JsonNode> again = follow(user, id, events.size() - 1);

        assertThat(again).noneMatch(event -> event.get("kind").asText().equals("tool_call"));
        JsonNode task = user.get("/api/tasks/" + id).json();
        assertThat(task.get("status").asText()).as("%s", again).isEqualTo("completed");
        assertThat(task.get("commit")).isEqualTo(failed.get("commit"));
        assertThat(task.get("pullRequestUrl").asText()).startsWith(github.url());
        assertThat(github.pulls("octo/drafted").getFirst().get("draft").booleanValue())
                .isTrue();
    }

    @Test
    void a_local_repository_has_no_pull_requests() {
        Answer refused = server.user()
                .post(
                        "/api/tasks",
                        Map.of("prompt", "x", "repository", "solo", "agent", "demo", "pullRequest", "open"));
        assertProblem(refused, 422, "local repository");
    }

    private static HttpUser worker(String token, String repository) {
        git.create(repository);
        git.allow(token, repository);
        github.account(token, "octo", "repo");
        github.repository(token, repository);
        return userWith(token);
    }

    private static String create(HttpUser user, String repository, String pullRequest, String prompt) {
        Answer created = user.post(
                "/api/tasks",
                Map.of("prompt", prompt, "repository", repository, "agent", "demo", "pullRequest", pullRequest));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.text("id");
    }

    /// To the end of the attempt.
    private static List<JsonNode> follow(HttpUser user, String id, long after) {
        try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", after < 0 ? null : Long.toString(after))) {
            return stream.until(event -> event.json().path("kind").asText().equals("done")).stream()
                    .map(SseReader.Event::json)
                    .toList();
        }
    }

    private static List<String> names(JsonNode repositories) {
        return StreamSupport.stream(repositories.spliterator(), false)
                .map(one -> one.get("full_name").asText())
                .toList();
    }
}
