package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A login file on its way to an agent and back, with a program in the agent's place that renews it on demand.
class LoginIT {
    private static TaskWorld world;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path program = directory.toRealPath().resolve("codex");
        Files.copy(Path.of("src/test/resources/agents/codex"), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        world = new TaskWorld(Map.of("AGENTS_PATH_CODEX", program.toString(), "OPENAI_API_KEY", "key-of-the-server"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void signIn() {
        enter("first-access-token");
    }

    private static void enter(String token) {
        var login = Map.of("tokens", Map.of("access_token", token));
        assertThat(world.user()
                        .post(
                                "/api/agent-credentials",
                                Map.of("agent", "codex", "credentials", Map.of("authJson", login)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAgentGetsItForItselfAndWhatItRenewsIsTheNextTasks() {
        String id = create("fake:refresh=second-access-token");

        assertThat(log(id))
                .contains("600 begins with first whole is {\"tokens\":{\"access_token\":\"[redacted]\"}} keys 0")
                .contains("The agent renewed its login")
                .doesNotContain("access-token");
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        assertThat(home(id).resolve(".codex/auth.json")).doesNotExist();
        assertThat(beginningInTheNextTask()).isEqualTo("secon");
    }

    @Test
    void aLoginThatIsRenewedWhileNoServerIsThereIsTakenBackByTheNext() throws IOException {
        String id = create("fake:gate fake:refresh=third-access-token fake:tell");
        world.awaitEvent(id, "message");

        world.server.kill();
        Files.createFile(home(id).resolve("gate"));
        world.server.restart();

        assertThat(log(id)).contains("The agent renewed its login", "now {").doesNotContain("access-token");
        assertThat(beginningInTheNextTask()).isEqualTo("third");
    }

    @Test
    void aLoginThatOneTaskRenewsIsGivenToThoseThatRun() throws IOException {
        String other = create("fake:gate fake:tell");
        world.awaitEvent(other, "message");
        create("fake:refresh=fourth-access-token");
        world.awaitLog(other, "Another task renewed the agent's login; this agent has the new one too");
        assertThat(home(other).resolve(".codex/auth.json")).content().contains("fourth-access-token");
        Files.createFile(home(other).resolve("gate"));

        assertThat(log(other))
                .contains("Another task renewed the agent's login")
                .containsPattern("now \\{.*redacted")
                .doesNotContain("access-token");
        assertThat(beginningInTheNextTask()).isEqualTo("fourt");
    }

    @Test
    void aLoginThatTheUserEntersIsForTheNextTasksOnly() throws IOException {
        String id = create("fake:gate fake:tell");
        world.awaitEvent(id, "message");
        enter("chosen-access-token");
        assertThat(beginningInTheNextTask()).isEqualTo("chose");
        // Of tasks that began since, one renews it and another gets that, so this one has looked too by then.
        String other = create("fake:gate");
        world.awaitEvent(other, "message");
        create("fake:refresh=later-access-token");
        world.awaitLog(other, "Another task renewed the agent's login; this agent has the new one too");
        Files.createFile(home(other).resolve("gate"));
        assertThat(home(id).resolve(".codex/auth.json")).content().contains("first-access-token");
        Files.createFile(home(id).resolve("gate"));

        assertThat(log(id)).doesNotContain("renewed", "access-token");
        assertThat(beginningInTheNextTask()).isEqualTo("later");
    }

    @Test
    void aNewerLoginIsNotOverwritten() throws IOException {
        String id = create("fake:gate fake:refresh=older-access-token");
        world.awaitEvent(id, "message");
        enter("newer-access-token");
        Files.createFile(home(id).resolve("gate"));

        assertThat(log(id)).doesNotContain("renewed its login", "access-token");
        assertThat(beginningInTheNextTask()).isEqualTo("newer");
    }

    @Test
    void whatIsNoLoginIsNotTakenBack() {
        List<String> tasks = Stream.of("fake:link", "fake:pipe", "fake:large", "fake:refresh=")
                .map(LoginIT::create)
                .toList();

        for (String id : tasks) {
            assertThat(log(id)).doesNotContain("renewed its login", "access-token");
            assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
            assertThat(Files.exists(home(id).resolve(".codex/auth.json"), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
        }
        assertThat(beginningInTheNextTask()).isEqualTo("first");
    }

    private static String beginningInTheNextTask() {
        return log(create("hello")).replaceAll("(?s).*begins with (.....) .*", "$1");
    }

    private static String create(String prompt) {
        return world.create(prompt, Map.of("agent", "codex"));
    }

    private static Path home(String id) {
        return world.server.dataDirectory().resolve("tasks").resolve(id).resolve("home");
    }

    /// What the agent said and what was logged.
    private static String log(String id) {
        List<JsonNode> events = world.follow(id);
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events) {
            text.append(event.path("textDelta").asText())
                    .append(event.path("logMessage").asText())
                    .append('\n');
        }
        return text.toString();
    }
}
