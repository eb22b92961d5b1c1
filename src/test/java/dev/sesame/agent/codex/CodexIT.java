package dev.sesame.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.LiveAgent;
import dev.sesame.agent.ModelServer;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real CLI, installed from npm into `target/agents`, against the scripted model.
@Tag("agents")
class CodexIT {
    private static final CodexDriver DRIVER =
            new CodexDriver(new AgentPrograms(Path.of("target/agents"), Map.of(), System.getenv()));

    /// One whose tools the script knows.
    private static final String MODEL = "gpt-5.2-codex";

    private static ModelServer model;
    private static Program program;

    @TempDir
    Path directory;

    private Path workspace;

    @BeforeAll
    static void start() {
        model = ModelServer.start();
        program = DRIVER.install(line -> {});
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectories(directory.toRealPath().resolve("workspace"));
        Files.createDirectories(home());
    }

    @Test
    void autoModeDoesItsWorkWithoutAsking() throws Exception {
        try (LiveAgent agent = run(assignment("[[mock:full]] go", false, null))) {
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.prompt("[[mock:follow]] and now?");
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            assertThat(agent.end()).isZero();

            assertThat(workspace.resolve("hello.txt")).hasContent("hello from the model\nsecond line");
            assertThat(agent.events(ToolResult.class))
                    .extracting(ToolResult::name)
                    .containsExactly("apply_patch", "shell", "shell");
            assertThat(agent.events(ToolResult.class).getLast().exitCode()).isEqualTo(3);
            assertThat(agent.events(Message.class).stream().filter(Message::last))
                    .hasSize(4);
            assertThat(agent.events(PermissionRequest.class)).isEmpty();
            assertThat(used(agent)).isEqualTo(new Used(300L, 100L, 200L, null));
        }
    }

    @Test
    void anAllowedRequestIsCarriedOutAndADeniedOneIsNot() throws Exception {
        try (LiveAgent agent = run(assignment("[[mock:perm]] go", true, null))) {
            PermissionRequest write = agent.await(PermissionRequest.class);
            assertThat(write.toolName()).isEqualTo("apply_patch");
            agent.answer(write.requestId(), Decision.ALLOW, null);
            PermissionRequest touch = agent.await(PermissionRequest.class);
            assertThat(touch.toolName()).isEqualTo("shell");
            agent.answer(touch.requestId(), Decision.DENY, null);
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.end();

            assertThat(workspace.resolve("hello.txt")).exists();
            assertThat(workspace.resolve("created-by-bash")).doesNotExist();
            assertThat(agent.events(ToolResult.class).getLast().isError()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheTool() throws Exception {
        try (LiveAgent agent = run(assignment("[[mock:sleep]] go", false, null))) {
            agent.await(ToolUse.class);
            agent.interrupt();
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Interrupted());
            agent.prompt("[[mock:follow]] and now?");
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.end();

            assertThat(agent.events(ToolResult.class)).singleElement().matches(ToolResult::isError);
        }
    }

    @Test
    void aSessionIsResumedByAnotherProcess() throws Exception {
        String session;
        try (LiveAgent first = run(assignment("[[mock:text]] go", false, null))) {
            first.awaitVerdict();
            first.end();
            session = session(first);
        }
        try (LiveAgent second = run(assignment("[[mock:follow]] and now?", false, session))) {
            assertThat(second.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            second.end();

            assertThat(session(second)).isEqualTo(session);
            assertThat(model.requests().getLast().body().toString()).contains("[[mock:text]]");
            assertThat(used(second)).as("the attempt's own").isEqualTo(new Used(60L, 20L, 40L, null));
        }
    }

    @ParameterizedTest
    @CsvSource({"text, expired, credential_rejected", "err500, dummy-good, model_unavailable"})
    void aRefusalOfTheModelsEndsTheTurn(String scenario, String key, String code) throws Exception {
        try (LiveAgent agent = run(assignment("[[mock:" + scenario + "]] go", false, null), key)) {
            assertThat(agent.awaitVerdict())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo(code));
            agent.end();
        }
    }

    @Test
    void aConnectionThatAlwaysBreaksIsSaid() throws Exception {
        try (LiveAgent agent = run(assignment("[[mock:drop]] go", false, null))) {
            Verdict verdict = agent.awaitVerdict();
            agent.end();
            agent.keepAs("codex", "twoway-drop");

            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo("model_unavailable"));
        }
    }

    @Test
    void aSessionThatIsGoneIsSaid() throws Exception {
        String gone = "00000000-0000-4000-8000-000000000000";
        try (LiveAgent agent = run(assignment("[[mock:text]] go", false, gone))) {
            assertThat(agent.awaitVerdict())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo("session_lost"));
            agent.end();
        }
    }

    @Test
    void aLoginFileIsEnoughAndGoesBeforeAKey() throws Exception {
        String login = "{\"auth_mode\":\"apikey\",\"OPENAI_API_KEY\":\"dummy-good-login\"}";
        Map<String, String> known =
                Map.of("CODEX_AUTH_JSON", login, "OPENAI_API_KEY", "expired", "OPENAI_BASE_URL", model.url() + "/v1");
        try (LiveAgent agent = new LiveAgent(
                DRIVER,
                program,
                assignment("[[mock:text]] go", false, null),
                name -> Optional.ofNullable(known.get(name)))) {
            assertThat(agent.awaitVerdict())
                    .as(() -> agent.outputs().toString())
                    .isEqualTo(new Verdict.Succeeded());
            agent.end();

            assertThat(model.requests().getLast().key()).isEqualTo("dummy-good-login");
        }
    }

    private LiveAgent run(Assignment assignment) {
        return run(assignment, ModelServer.GOOD_KEY);
    }

    private LiveAgent run(Assignment assignment, String key) {
        Map<String, String> known = Map.of("OPENAI_API_KEY", key, "OPENAI_BASE_URL", model.url() + "/v1");
        Credentials credentials = name -> Optional.ofNullable(known.get(name));
        return new LiveAgent(DRIVER, program, assignment, credentials);
    }

    private Assignment assignment(String prompt, boolean ask, @Nullable String resume) {
        return new Assignment(
                "task_1", 1, prompt, MODEL, ask, resume, List.of(), workspace.toString(), home().toString());
    }

    private Path home() {
        return workspace.resolveSibling("home");
    }

    private static String session(LiveAgent agent) {
        return agent.outputs().stream()
                .filter(SessionStarted.class::isInstance)
                .map(output -> ((SessionStarted) output).sessionId())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static Used used(LiveAgent agent) {
        return agent.outputs().stream()
                .filter(Used.class::isInstance)
                .map(Used.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
