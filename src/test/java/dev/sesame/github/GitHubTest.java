package dev.sesame.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.git.RepositoryRef;
import dev.sesame.github.GitHubException.Kind;
import dev.sesame.setting.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubTest {
    private static final String TOKEN = "ghp_0123456789";
    private static final RepositoryRef APP = new RepositoryRef("octo/app", "http://127.0.0.1/octo/app.git", false);

    private final GitHubServer server = GitHubServer.start();
    private GitHub github;

    @BeforeEach
    void setUp() {
        server.account(TOKEN, "octocat", "repo, read:user");
        server.repository(TOKEN, "octo/app");
        github = github(server.url(), Clock.systemUTC());
    }

    private static GitHub github(String api, Clock clock) {
        return new GitHub(new Settings(Map.of("GITHUB_API_URL", api)), clock, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_list_is_followed_to_its_last_page_and_asked_again_only_if_it_changed() {
        for (int i = 0; i < 249; i++) {
            server.repository(TOKEN, "octo/r" + i);
        }

        List<Repository> first = repositories();
        List<Repository> second = repositories();

        assertThat(first).hasSize(250).isEqualTo(second).doesNotHaveDuplicates();
        assertThat(server.requests()).hasSize(6);
        assertThat(server.requests().subList(0, 3)).allMatch(request -> request.endsWith(" 200"));
        assertThat(server.requests().subList(3, 6)).allMatch(request -> request.endsWith(" 304"));

        server.repository(TOKEN, "octo/new");
        assertThat(repositories()).hasSize(251);
        assertThat(server.requests().subList(6, 9))
                .filteredOn(request -> request.endsWith(" 200"))
                .hasSize(1);
    }

    @Test
    void what_one_token_saw_another_does_not() {
        server.account("ghp_other_0123", "other", null);
        repositories();

        assertThat(github.all("ghp_other_0123", "/user/repos", Repository::of)).isEmpty();
        server.revoke(TOKEN);
        assertThatThrownBy(this::repositories).hasMessageContaining("Bad credentials");
    }

    private List<Repository> repositories() {
        return github.all(TOKEN, "/user/repos", Repository::of);
    }

    @ParameterizedTest
    @CsvSource({
        "401, BAD_TOKEN, 422",
        "403, FORBIDDEN, 403",
        "404, NOT_FOUND, 404",
        "422, REFUSED, 422",
        "500, UNAVAILABLE, 502",
        "503, UNAVAILABLE, 502"
    })
    void a_refusal_has_githubs_words_and_a_status_of_ours(int status, Kind kind, int ours) {
        server.fail(status, "{\"message\":\"The words for " + TOKEN + "\"}");

        var refusal = catchThrowableOfType(GitHubException.class, () -> github.get(TOKEN, "/user"));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.problem().problem().status()).isEqualTo(ours);
        assertThat(refusal).hasMessageContaining("The words for [redacted]").hasMessageNotContaining(TOKEN);
    }

    @Test
    void no_json_no_host_and_no_answer_are_said_apart() throws Exception {
        server.fail(200, "<html>Welcome</html>");
        assertThatThrownBy(() -> github.get(TOKEN, "/user")).hasMessageContaining("no JSON");
        server.close();
        assertThatThrownBy(() -> github.get(TOKEN, "/user")).hasMessageContaining("can't be reached");

        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var impatient = new GitHub(
                    new Settings(Map.of("GITHUB_API_URL", "http://127.0.0.1:" + silent.getLocalPort())),
                    Clock.systemUTC(),
                    Duration.ofMillis(300));
            assertThatThrownBy(() -> impatient.get(TOKEN, "/user")).hasMessageContaining("did not answer");
        }
    }

    @Test
    void after_the_rate_limit_github_is_left_alone_until_it_says() {
        server.remaining(0);
        var refusal = catchThrowableOfType(GitHubException.class, () -> github.get(TOKEN, "/user"));
        assertThat(refusal.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(Integer.parseInt(refusal.problem().headers().get("Retry-After")))
                .isBetween(1_700, 1_800);
        server.remaining(10);

        assertThatThrownBy(() -> github.get(TOKEN, "/user")).hasMessageContaining("rate limit");
        assertThat(server.requests()).hasSize(1);

        Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(1)), ZoneOffset.UTC);
        var limits = new RateLimits(later);
        assertThat(limits.pause("x")).isEmpty();
    }

    @Test
    void a_token_goes_to_no_other_host() {
        try (var elsewhere = GitHubServer.start()) {
            elsewhere.account(TOKEN, "thief", null);
            try (var redirecting = RedirectingServer.to(elsewhere.url() + "/user")) {
                GitHub redirected = github(redirecting.url(), Clock.systemUTC());
                assertThatThrownBy(() -> redirected.get(TOKEN, "/user")).hasMessageContaining("another place");
            }
            assertThat(elsewhere.requests()).isEmpty();
        }
        try (var moved = RedirectingServer.toItself("/repositories/1/branches")) {
            GitHub renamed = github(moved.url(), Clock.systemUTC());
            assertThat(renamed.get(TOKEN, "/repos/octo/old/branches").body()).isEmpty();
        }
    }

    @Test
    void an_enterprise_host_has_its_api_at_the_usual_place() {
        var settings = new Settings(Map.of("GITHUB_URL", server.url()));
        assertThat(GitHubHost.of(settings).api()).isEqualTo(server.url() + "/api/v3");
        assertThat(new GitHub(settings, Clock.systemUTC())
                        .get(TOKEN, "/user")
                        .body()
                        .path("login")
                        .asText())
                .isEqualTo("octocat");
        assertThat(GitHubHost.of(new Settings(Map.of())).api()).isEqualTo("https://api.github.com");
        assertThat(GitHubHost.of(new Settings(Map.of("GITHUB_URL", "https://a.b", "GITHUB_API_URL", "https://c.d")))
                        .api())
                .isEqualTo("https://c.d");
    }

    @Test
    void a_pull_request_is_opened_once_for_a_branch() {
        var pullRequests = new PullRequests(github);
        var wanted = new PullRequests.Wanted("sesame/task-1", "main", "Title", "Body", true);

        String url = pullRequests.open(APP, TOKEN, wanted);
        assertThat(pullRequests.open(APP, TOKEN, wanted)).isEqualTo(url);

        assertThat(server.pulls("octo/app")).hasSize(1);
        JsonNode pull = server.pulls("octo/app").getFirst();
        assertThat(pull.path("draft").booleanValue()).isTrue();
        assertThat(pull.path("base").path("ref").asText()).isEqualTo("main");
        assertThat(pull.path("title").asText()).isEqualTo("Title");
        server.closePull("octo/app", 1);
        assertThat(pullRequests.open(APP, TOKEN, wanted)).isNotEqualTo(url);
    }

    @Test
    void a_pull_request_that_github_refuses_says_why() {
        server.branchesOf("octo/app", branch -> false);
        var wanted = new PullRequests.Wanted("sesame/task-1", "main", "Title", "Body", false);

        assertThatThrownBy(() -> new PullRequests(github).open(APP, TOKEN, wanted))
                .isInstanceOf(GitHubException.class)
                .hasMessageContaining("Validation Failed: head invalid");
    }
}
