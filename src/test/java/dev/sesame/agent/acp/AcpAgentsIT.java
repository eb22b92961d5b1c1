package dev.sesame.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput.SessionStarted;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.junit.jupiter.params.provider.ValueSource;

/// The real CLIs, installed from npm into `target/agents`, against the scripted model.
@Tag("agents")
class AcpAgentsIT {
    private static final Map<String, AgentDriver> DRIVERS = new HashMap<>();
    private static final Map<String, Program> PROGRAMS = new HashMap<>();
    private static ModelServer model;

    @TempDir
    Path directory;

    private Path workspace;

    @BeforeAll
    static void start() {
        model = ModelServer.start();
        AgentPrograms programs = new AgentPrograms(Path.of("target/agents"), Map.of(), System.getenv());
        for (AgentDriver driver : AcpDriver.all(programs)) {
            DRIVERS.put(driver.id(), driver);
            PROGRAMS.put(driver.id(), driver.install(line -> {}));
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "opencode", "copilot"})
    void autoModeDoesItsWorkWithoutAsking(String agent) throws Exception {
        try (LiveAgent live = run(agent, "[[mock:full]] go", false, null)) {
            assertThat(live.awaitVerdict()).as(() -> live.outputs().toString()).isEqualTo(new Verdict.Succeeded());
            live.prompt("[[mock:follow]] and now?");
            assertThat(live.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            assertThat(live.end()).isZero();
            live.keepAs(agent, "twoway-full");

            assertThat(workspace.resolve("hello.txt")).hasContent("hello from the model\nsecond line");
            assertThat(live.events(ToolResult.class))
                    .extracting(ToolResult::name)
                    .containsExactly("edit", "execute", "execute");
            assertThat(live.events(Message.class).stream().filter(Message::last))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "opencode", "copilot"})
    void anAllowedRequestIsCarriedOutAndADeniedOneIsNot(String agent) throws Exception {
        try (LiveAgent live = run(agent, "[[mock:perm]] go", true, null)) {
            PermissionRequest write = live.await(PermissionRequest.class);
            live.answer(write.requestId(), Decision.ALLOW, null);
            PermissionRequest touch = live.await(PermissionRequest.class);
            live.answer(touch.requestId(), Decision.DENY, "not that");
            assertThat(live.awaitVerdict()).as(() -> live.outputs().toString()).isEqualTo(new Verdict.Succeeded());
            live.end();
            live.keepAs(agent, "twoway-perm-deny");

            assertThat(workspace.resolve("hello.txt")).exists();
            assertThat(workspace.resolve("created-by-bash")).doesNotExist();
            assertThat(live.events(ToolResult.class).getLast().isError()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "opencode", "copilot"})
    void anInterruptEndsTheTool(String agent) throws Exception {
        try (LiveAgent live = run(agent, "[[mock:sleep]] go", false, null)) {
            live.await(ToolUse.class);
            live.interrupt();
            assertThat(live.awaitVerdict()).isEqualTo(new Verdict.Interrupted());
            live.prompt("[[mock:follow]] and now?");
            assertThat(live.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            live.end();
            live.keepAs(agent, "twoway-interrupt");

            assertThat(live.events(ToolResult.class)).singleElement().matches(ToolResult::isError);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opencode", "copilot"})
    void aSessionIsResumedByAnotherProcess(String agent) throws Exception {
        String session;
        try (LiveAgent first = run(agent, "[[mock:full]] go", false, null)) {
            first.awaitVerdict();
            first.end();
            session = session(first);
        }
        try (LiveAgent second = run(agent, "[[mock:follow]] and now?", false, session)) {
            assertThat(second.awaitVerdict())
                    .as(() -> second.outputs().toString())
                    .isEqualTo(new Verdict.Succeeded());
            second.end();
            second.keepAs(agent, "twoway-load");

            assertThat(session(second)).isEqualTo(session);
            assertThat(second.events(ToolUse.class)).as("of the past").isEmpty();
            assertThat(second.events(Message.class).stream().filter(Message::last))
                    .hasSize(1);
            assertThat(model.requests().getLast().body().toString()).contains("[[mock:full]]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gemini, text, expired, credential_rejected",
        "opencode, text, expired, credential_rejected",
        "copilot, text, expired, credential_rejected",
        "gemini, err500, dummy-good, model_unavailable",
        "copilot, err500, dummy-good, model_unavailable",
        "gemini, err429, dummy-good, rate_limited",
        "opencode, err429, dummy-good, rate_limited",
        "copilot, err429, dummy-good, rate_limited",
        "opencode, err400, dummy-good, agent_failed"
    })
    void aRefusalOfTheModelsEndsTheTurn(String agent, String scenario, String key, String code) throws Exception {
        try (LiveAgent live = run(agent, "[[mock:" + scenario + "]] go", false, null, key)) {
            Verdict verdict = live.awaitVerdict();
            live.end();
            live.keepAs(agent, "twoway-" + (key.equals("expired") ? "auth" : scenario));
            assertThat(verdict)
                    .as(() -> live.outputs().toString())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo(code));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "opencode", "copilot"})
    void aSessionThatIsGoneIsSaid(String agent) throws Exception {
        try (LiveAgent live = run(agent, "[[mock:text]] go", false, "00000000-0000-4000-8000-000000000000")) {
            assertThat(live.awaitVerdict())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.code()).isEqualTo("session_lost"));
            live.end();
        }
    }

    @Test
    void openCodesLoginFileIsEnoughAndGoesBeforeAKey() throws Exception {
        Map<String, String> known = Map.of(
                "OPENCODE_AUTH_JSON",
                "{\"anthropic\":{\"type\":\"api\",\"key\":\"dummy-good-login\"}}",
                "ANTHROPIC_API_KEY",
                "expired",
                "ANTHROPIC_BASE_URL",
                model.url());
        try (LiveAgent live = run("opencode", "[[mock:text]] go", false, null, known)) {
            assertThat(live.awaitVerdict()).as(() -> live.outputs().toString()).isEqualTo(new Verdict.Succeeded());
            live.end();

            assertThat(model.requests().getLast().key()).isEqualTo("dummy-good-login");
        }
    }

    private LiveAgent run(String agent, String prompt, boolean ask, @Nullable String resume) {
        return run(agent, prompt, ask, resume, ModelServer.GOOD_KEY);
    }

    private LiveAgent run(String agent, String prompt, boolean ask, @Nullable String resume, String key) {
        Map<String, String> known = agent.equals("gemini")
                ? Map.of("GEMINI_API_KEY", key, "GOOGLE_GEMINI_BASE_URL", model.url())
                : Map.of("ANTHROPIC_API_KEY", key, "ANTHROPIC_BASE_URL", model.url());
        return run(agent, prompt, ask, resume, known);
    }

    private LiveAgent run(
            String agent, String prompt, boolean ask, @Nullable String resume, Map<String, String> known) {
        String name = switch (agent) {
            case "gemini" -> "gemini-2.5-flash";
            case "opencode" -> "anthropic/claude-sonnet-4-5";
            default -> "claude-sonnet-4-5";
        };
        Assignment assignment = new Assignment(
                "task_1", 1, prompt, name, ask, resume, List.of(), workspace.toString(), home().toString());
        return new LiveAgent(
                Objects.requireNonNull(DRIVERS.get(agent)),
                Objects.requireNonNull(PROGRAMS.get(agent)),
                assignment,
                asked -> Optional.ofNullable(known.get(asked)));
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
}
