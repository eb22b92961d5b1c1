package dev.sesame.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.LiveAgent;
import dev.sesame.agent.ModelServer;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only Claude Code does; what all agents do is in the conformance suite. The real CLI in a plain process. With
/// `-Dcaptures.write=true` some runs are kept as captures for [ClaudeCaptureTest].
@Tag("agents")
class ClaudeCodeIT {
    private static final ClaudeDriver DRIVER =
            new ClaudeDriver(new AgentPrograms(Path.of("target/agents"), Map.of(), System.getenv()));

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
    void whatIsAlwaysAllowedIsNotAskedAgainAndNotWrittenDown() throws Exception {
        try (LiveAgent agent = run(ask("perm"))) {
            agent.answer(agent.await(PermissionRequest.class).requestId(), Decision.ALLOW, null);
            PermissionRequest touch = agent.await(PermissionRequest.class);
            agent.answer(touch.requestId(), Decision.ALLOW_ALWAYS, null);
            agent.awaitVerdict();
            agent.prompt("[[mock:perm]] again");
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.end();
            agent.keepAs("claude", "twoway-perm-always");

            assertThat(agent.events(PermissionRequest.class)).hasSize(2);
            assertThat(workspace.resolve("created-by-bash")).exists();
            assertThat(workspace.resolve(".claude")).doesNotExist();
        }
    }

    @Test
    void anInterruptWithdrawsAnOpenRequest() throws Exception {
        try (LiveAgent agent = run(ask("perm"))) {
            PermissionRequest request = agent.await(PermissionRequest.class);
            agent.interrupt();
            assertThat(agent.await(PermissionResponse.class))
                    .extracting(PermissionResponse::requestId, PermissionResponse::decidedBy)
                    .containsExactly(request.requestId(), "policy");
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Interrupted());
            agent.end();
            agent.keepAs("claude", "twoway-perm-interrupt");
        }
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited, true", "500, model_unavailable, true", "400, model_refused, false"})
    void aRefusalOfTheModelsEndsTheTurnAfterFewRetries(int status, String code, boolean retryable) throws Exception {
        try (LiveAgent agent = run(prompt("err" + status))) {
            assertThat(agent.awaitVerdict()).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo(code);
                assertThat(failed.retryable()).isEqualTo(retryable);
            });
            agent.end();

            long retries = agent.events(Log.class).stream()
                    .filter(log ->
                            log.logType() == LogType.WARNING && log.logMessage().contains("answered " + status))
                    .count();
            assertThat(retries).isEqualTo(retryable ? 3 : 0);
        }
    }

    @Test
    void aConnectionThatAlwaysBreaksIsRetriedAndThenSaid() throws Exception {
        try (LiveAgent agent = run(prompt("drop"))) {
            Verdict verdict = agent.awaitVerdict();
            agent.end();
            agent.keepAs("claude", "twoway-drop");

            assertThat(verdict).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo("model_unavailable");
                assertThat(failed.retryable()).isTrue();
            });
            assertThat(agent.events(Log.class))
                    .anyMatch(log ->
                            log.logType() == LogType.WARNING && log.logMessage().contains("cut off mid-stream"));
            assertThat(agent.events(Message.class).stream().filter(Message::last))
                    .extracting(Message::messageId)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSubAgentsWordsAreKeptApart() throws Exception {
        try (LiveAgent agent = run(prompt("delegate"))) {
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.end();
            agent.keepAs("claude", "twoway-delegate");

            assertThat(said(agent)).containsExactly("Someone else shall look.", "They looked.");
            assertThat(agent.events(ToolUse.class))
                    .anyMatch(use -> use.toolCall().name().equals("Read")
                            && "Sub-agent (Look around)".equals(use.toolCall().description()));
            assertThat(agent.events(ToolResult.class).getLast())
                    .matches(result ->
                            result.name().equals("Task") && result.output().contains("The file was missing."));
        }
    }

    @Test
    void theRepositorysOwnConfigurationIsInForce() throws Exception {
        Files.createDirectories(workspace.resolve(".claude"));
        Files.writeString(workspace.resolve(".claude/settings.json"), """
                {"hooks":{"SessionStart":[{"hooks":[{"type":"command","command":"touch hooked"}]}]},
                 "permissions":{"ask":["Bash(touch *)"]}}
                """);
        Files.writeString(workspace.resolve("CLAUDE.md"), "Remember the word heliotrope.\n");
        try (LiveAgent agent = run(prompt("perm"))) {
            assertThat(agent.awaitVerdict()).isEqualTo(new Verdict.Succeeded());
            agent.end();
            agent.keepAs("claude", "twoway-policy");

            assertThat(workspace.resolve("hooked")).exists();
            assertThat(model.requests().getLast().body().toString()).contains("heliotrope");
            assertThat(agent.events(PermissionResponse.class))
                    .extracting(PermissionResponse::decision, PermissionResponse::decidedBy)
                    .containsExactly(tuple(Decision.ALLOW, "policy"));
            assertThat(workspace.resolve("created-by-bash")).exists();
        }
    }

    private LiveAgent run(Assignment assignment) {
        return run(assignment, ModelServer.GOOD_KEY);
    }

    private LiveAgent run(Assignment assignment, String key) {
        Map<String, String> known = Map.of("ANTHROPIC_API_KEY", key, "ANTHROPIC_BASE_URL", model.url());
        Credentials credentials = name -> Optional.ofNullable(known.get(name));
        return new LiveAgent(DRIVER, program, assignment, credentials);
    }

    private Assignment prompt(String scenario) {
        return assignment("[[mock:" + scenario + "]] go", false);
    }

    private Assignment ask(String scenario) {
        return assignment("[[mock:" + scenario + "]] go", true);
    }

    private Assignment assignment(String prompt, boolean ask) {
        return new Assignment("task_1", 1, prompt, null, ask, null, List.of(), workspace.toString(), home().toString());
    }

    private Path home() {
        return workspace.resolveSibling("home");
    }

    private static List<String> said(LiveAgent agent) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (Message message : agent.events(Message.class)) {
            texts.computeIfAbsent(message.messageId(), _ -> new StringBuilder()).append(message.textDelta());
        }
        return texts.values().stream().map(StringBuilder::toString).toList();
    }
}
