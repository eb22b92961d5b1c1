package dev.sesame.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.git.RepositoryRef;
import dev.sesame.github.PullRequests.Wanted;
import dev.sesame.setting.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// GitHub's own published examples of its answers: what we make of them, and that [GitHubServer], which other tests ask
/// in its place, says nothing of another shape.
class GitHubExamplesTest {
    private static final String TOKEN = "ghp_0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode published;
    private static GitHubServer server;

    @BeforeAll
    static void start() throws IOException {
        published =
                JSON.readTree(Path.of("src/test/resources/github-examples.json").toFile());
        server = GitHubServer.start();
        server.account(TOKEN, "octocat", "repo");
        server.repository(TOKEN, "octo/app");
        GitHub github = new GitHub(
                new Settings(Map.of("GITHUB_API_URL", server.url())), Clock.systemUTC(), Duration.ofSeconds(5));
        new PullRequests(github)
                .open(
                        new RepositoryRef("octo/app", "http://127.0.0.1/octo/app.git", false),
                        TOKEN,
                        new Wanted("sesame/work", "main", "Work", "Done", true));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode example(String operation) {
        JsonNode examples = published.path("examples").path(operation);
        assertThat(examples.isEmpty()).as(operation).isFalse();
        return examples.iterator().next();
    }

    @Test
    void repositoriesAndBranchesAreReadFromThem() {
        assertThat(Repository.of(example("GET /user/repos").get(0)))
                .isEqualTo(new Repository(1_296_269, "Hello-World", "octocat/Hello-World", false, "master"));
        assertThat(Branch.of(example("GET /repos/{owner}/{repo}/branches").get(0)))
                .isEqualTo(new Branch("master", new Branch.Commit("c5b97d5ae6c19d5c5df71a34c7fbeeda2479ccbc"), true));
    }

    @Test
    void theSimulatorsUserHasNothingThatGitHubsHasNot() throws Exception {
        assertShape(answer("GET", "/user", ""), example("GET /user"), "user");
    }

    @ParameterizedTest
    @CsvSource({
        "/user/repos,               GET /user/repos",
        "/repos/octo/app/branches,  GET /repos/{owner}/{repo}/branches",
        "/repos/octo/app/pulls,     GET /repos/{owner}/{repo}/pulls"
    })
    void theSimulatorsListsHaveNothingThatGitHubsHaveNot(String path, String operation) throws Exception {
        JsonNode list = answer("GET", path, "");
        assertThat(list.isArray() && !list.isEmpty()).isTrue();
        assertShape(list.get(0), example(operation).get(0), operation);
    }

    @Test
    void theSimulatorsPullRequestHasNothingThatGitHubsHasNot() throws Exception {
        String wanted = "{\"title\":\"More\",\"head\":\"sesame/more\",\"base\":\"main\",\"body\":\"\",\"draft\":false}";
        assertShape(
                answer("POST", "/repos/octo/app/pulls", wanted),
                example("POST /repos/{owner}/{repo}/pulls"),
                "pull request");
    }

    @Test
    void theSimulatorsRefusalsAreGitHubsErrors() throws Exception {
        assertSchema(answer("GET", "/repos/octo/other/branches", ""), "basic-error");
        String again = "{\"title\":\"W\",\"head\":\"sesame/work\",\"base\":\"main\",\"body\":\"\",\"draft\":true}";
        JsonNode refused = answer("POST", "/repos/octo/app/pulls", again);
        assertSchema(refused, "validation-error");
        assertThat(refused.at("/errors/0/message").asText()).startsWith("A pull request already exists");
    }

    private static JsonNode answer(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        }
    }

    /// Every member is one of the example's, of the same type, or null.
    private static void assertShape(JsonNode ours, JsonNode example, String where) {
        ours.properties().forEach(member -> {
            String place = where + "." + member.getKey();
            JsonNode theirs = example.get(member.getKey());
            assertThat(theirs).as(place + " is not in the example").isNotNull();
            if (!member.getValue().isNull() && !theirs.isNull()) {
                assertThat(member.getValue().getNodeType()).as(place).isEqualTo(theirs.getNodeType());
            }
            if (member.getValue().isObject()) {
                assertShape(member.getValue(), theirs, place);
            }
        });
    }

    private static void assertSchema(JsonNode ours, String name) {
        JsonNode schema = published.path("schemas").path(name);
        ours.properties().forEach(member -> {
            String type =
                    schema.path("properties").path(member.getKey()).path("type").asText("not there");
            assertThat(type)
                    .as(name + "." + member.getKey())
                    .isEqualTo(member.getValue().getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        });
        schema.path("required")
                .forEach(member -> assertThat(ours.has(member.asText()))
                        .as(name + " without " + member)
                        .isTrue());
    }
}
