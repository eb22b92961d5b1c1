package dev.sesame.agent.demo;

import static dev.sesame.agent.demo.Outputs.events;
import static dev.sesame.agent.demo.Outputs.results;
import static dev.sesame.agent.demo.Outputs.said;
import static dev.sesame.agent.demo.Outputs.session;
import static dev.sesame.agent.demo.Outputs.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.sandbox.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every line of a script, with the real process.
@Timeout(60)
class DemoAgentTest {
    private @TempDir Path temp;
    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(temp.resolve("workspace"));
    }

    @Test
    void saysItsNumbersInOneMessage() throws Exception {
        try (DemoProcess agent = start("Count, please\ndemo: text 1000 0\nand no more")) {
            List<EventBody> events = events(agent.turn());
            assertThat(events).hasSize(1000);
            assertThat(events.getFirst()).isEqualTo(new EventBody.Message("1-m1", "1 ", false));
            assertThat(events.getLast()).isEqualTo(new EventBody.Message("1-m1", "1000 ", true));
            assertThat(agent.finish()).isZero();
        }
    }

    @Test
    void keepsThePaceOfItsDeltas() throws Exception {
        long begin = System.nanoTime();
        try (DemoProcess agent = start("demo: think 11 20")) {
            List<EventBody> events = events(agent.turn());
            assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
            assertThat(events).hasSize(11).startsWith(new EventBody.Thinking("1-m1", "1 "));
        }
    }

    @Test
    void writesAFileOfThatSize() throws Exception {
        try (DemoProcess agent = start("demo: write src/a file.txt 20")) {
            EventBody.ToolResult result = results(agent.turn()).getFirst();
            assertThat(result.output()).isEqualTo("20 bytes written to src/a file.txt");
            assertThat(result.toolCall().state()).isEqualTo(ToolState.COMPLETED);
            assertThat(workspace.resolve("src/a file.txt")).hasContent("line 1\nline 2\nline 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.txt", "/tmp/out.txt", ".", "link/out.txt", "link"})
    void writesNothingOutsideTheWorkspace(String path) throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve("link"), outside);
        try (DemoProcess agent = start("demo: write " + path + " 20")) {
            EventBody.ToolResult result = results(agent.turn()).getFirst();
            assertThat(result.output()).isEqualTo("Not a path inside the workspace: " + path);
            assertThat(result.isError()).isTrue();
            assertThat(outside).isEmptyDirectory();
            assertThat(temp.resolve("out.txt")).doesNotExist();
        }
    }

    @Test
    void runsACommandInTheWorkspace() throws Exception {
        try (DemoProcess agent = start("demo: run echo \"grüße aus $PWD\"; ls nowhere; exit 3")) {
            EventBody.ToolResult result = results(agent.turn()).getFirst();
            assertThat(result.output())
                    .contains("grüße aus " + workspace.toRealPath())
                    .contains("nowhere");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.isError()).isTrue();
            assertThat(result.toolCall().input().path("command").asText()).startsWith("echo");
        }
    }

    @Test
    void cutsALongOutputInTheMiddle() throws Exception {
        try (DemoProcess agent = start("demo: run yes ä | head -c 3000000")) {
            EventBody.ToolResult result = results(agent.turn()).getFirst();
            assertThat(result.truncated()).isTrue();
            assertThat(result.output().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .hasSizeBetween(65_000, 65_536);
            assertThat(result.output())
                    .startsWith("ä\nä\n")
                    .contains("left out")
                    .endsWith("ä\nä\n");
        }
    }

    @Test
    void asksAndDoesItWhenAllowed() throws Exception {
        try (DemoProcess agent = start("demo: ask Take note", true, null)) {
            EventBody.PermissionRequest request = request(agent);
            assertThat(request.title()).isEqualTo("Take note");
            agent.send(agent.conversation().answer(request.requestId(), Decision.ALLOW, null));
            assertThat(results(agent.turn()).getFirst().toolCall().state()).isEqualTo(ToolState.COMPLETED);
            assertThat(workspace.resolve("NOTES.md")).hasContent("Take note");
        }
    }

    @Test
    void asksAndSkipsItWhenDenied() throws Exception {
        try (DemoProcess agent = start("demo: ask Take note\ndemo: text 1 0", true, null)) {
            EventBody.PermissionRequest request = request(agent);
            agent.send(agent.conversation().answer(request.requestId(), Decision.DENY, "not now"));
            List<AgentOutput> rest = agent.turn();
            assertThat(results(rest).getFirst().output()).isEqualTo("Permission denied: not now");
            assertThat(rest).endsWith(new TurnEnded(new Verdict.Succeeded()));
            assertThat(workspace).isEmptyDirectory();
        }
    }

    @Test
    void asksNoMoreWhenAlwaysAllowed() throws Exception {
        try (DemoProcess agent = start("demo: ask One\ndemo: ask Two", true, null)) {
            EventBody.PermissionRequest request = request(agent);
            agent.send(agent.conversation().answer(request.requestId(), Decision.ALLOW_ALWAYS, null));
            assertThat(events(agent.turn())).noneMatch(EventBody.PermissionRequest.class::isInstance);
            assertThat(workspace.resolve("NOTES.md")).hasContent("One\nTwo");
        }
    }

    @Test
    void isAnsweredByPolicyInAutoMode() throws Exception {
        try (DemoProcess agent = start("demo: ask Take note")) {
            assertThat(events(agent.turn()))
                    .contains(new EventBody.PermissionResponse("1-ask2", Decision.ALLOW, "policy", null));
            assertThat(workspace.resolve("NOTES.md")).hasContent("Take note");
        }
    }

    @Test
    void sleeps() throws Exception {
        long begin = System.nanoTime();
        try (DemoProcess agent = start("demo: sleep 300")) {
            assertThat(events(agent.turn())).isEmpty();
            assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    @Test
    void writesALineOfManyMegabytes() throws Exception {
        try (DemoProcess agent = start("demo: line 21000000")) {
            EventBody.Message message = (EventBody.Message) events(agent.turn()).getFirst();
            assertThat(message.textDelta()).hasSize(21_000_000).startsWith("1 xxx");
        }
    }

    @Test
    void floods() throws Exception {
        try (DemoProcess agent = start("demo: flood 20000 1000")) {
            List<EventBody> events = events(agent.turn());
            assertThat(events).hasSize(20_000);
            assertThat(IntStream.range(0, 20_000)
                            .allMatch(k -> ((EventBody.Message) events.get(k))
                                    .textDelta()
                                    .startsWith(k + 1 + " x")))
                    .isTrue();
            assertThat(((EventBody.Message) events.get(19_999)).textDelta()).hasSize(1000);
        }
    }

    @Test
    void noiseIsLoggedLineByLine() throws Exception {
        try (DemoProcess agent = start("demo: noise")) {
            assertThat(events(agent.turn()))
                    .containsExactly(
                            new EventBody.Log(LogType.INFO, "no JSON at all"),
                            new EventBody.Log(LogType.INFO, "{\"type\":\"text\",\"id\":"),
                            new EventBody.Log(LogType.INFO, "[1,2,3]"),
                            new EventBody.Log(LogType.INFO, "bytes \ufffd\ufffd\0\u001b[1m"),
                            new EventBody.Log(LogType.INFO, "{\"type\":\"nobody knows this\"}"));
            assertThat(agent.finish()).isZero();
            assertThat(temp.resolve("stderr")).hasContent("a word on stderr");
        }
    }

    @Test
    void crashesWithItsCode() throws Exception {
        try (DemoProcess agent = start("demo: text 2 0\ndemo: crash 42")) {
            assertThat(agent.exit()).isEqualTo(42);
            assertThat(agent.lines).hasSize(3);
            assertThat(agent.conversation().end(42))
                    .containsExactly(new TurnEnded(new Verdict.Failed(
                            "agent_crashed", "The demo agent ended with exit code 42 before it had finished", true)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo: text 1",
                "demo: text 0 5",
                "demo: text 1000001 0",
                "demo: text x 5",
                "demo: write a",
                "demo: run",
                "demo: ask",
                "demo: crash 256",
                "demo: noise 3",
                "demo: dance",
                "demo:"
            })
    void namesAMalformedLineAndRunsNothing(String line) throws Exception {
        try (DemoProcess agent = start("demo: write a.txt 1\n" + line)) {
            Verdict.Failed failed = (Verdict.Failed) verdict(agent.turn());
            assertThat(failed.code()).isEqualTo("bad_script");
            assertThat(failed.message()).contains("`" + line + "`");
            assertThat(workspace).isEmptyDirectory();
            assertThat(agent.finish()).isZero();
        }
    }

    @Test
    void aStubbornOneHearsNoInterruptAndNoSignal() throws Exception {
        try (DemoProcess agent = start("demo: stubborn\ndemo: text 1 0\ndemo: sleep 400\ndemo: text 1 0")) {
            agent.until(Event.class::isInstance);
            agent.send(agent.conversation().interrupt());
            agent.process().toHandle().destroy();
            assertThat(verdict(agent.turn())).isEqualTo(new Verdict.Succeeded());
            agent.process().toHandle().destroy();
            agent.send(agent.conversation().prompt("demo: text 1 0"));
            assertThat(verdict(agent.turn())).isEqualTo(new Verdict.Succeeded());
            assertThat(agent.finish()).isZero();
        }
    }

    @Test
    void endsOnSignal() throws Exception {
        try (DemoProcess agent = start("demo: text 1 0\ndemo: sleep 60000")) {
            agent.until(Event.class::isInstance);
            agent.process().toHandle().destroy();
            assertThat(agent.exit()).isEqualTo(143);
        }
    }

    @Test
    void leavesChildrenThatOutliveIt() throws Exception {
        try (DemoProcess agent = start("demo: fork 3")) {
            List<ProcessHandle> children = results(agent.turn())
                    .getFirst()
                    .output()
                    .lines()
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            try {
                agent.process().destroyForcibly().waitFor();
                assertThat(children).hasSize(3).allMatch(ProcessHandle::isAlive);
            } finally {
                children.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo: sleep 60000", "demo: run echo $$; sleep 60", "demo: text 1000000 1", "demo: ask May I"})
    void anInterruptEndsTheTurnAndNotTheAgent(String line) throws Exception {
        try (DemoProcess agent = start("demo: text 1 0\n" + line, true, null)) {
            agent.until(Event.class::isInstance);
            agent.send(agent.conversation().interrupt());
            List<AgentOutput> rest = agent.turn();
            assertThat(verdict(rest)).isEqualTo(new Verdict.Interrupted());
            assertThat(agent.conversation().end(0)).isEmpty();
            agent.send(agent.conversation().prompt("demo: text 2 0"));
            assertThat(said(agent.turn())).isEqualTo("1 2 ");
            // It was killed by then; its parent may still have to collect it.
            Runs.await(
                    "the end of what it ran",
                    () -> agent.process().descendants().findAny().isEmpty());
            assertThat(agent.finish()).isZero();
        }
    }

    @Test
    void goesOnWithItsSession() throws Exception {
        String session;
        try (DemoProcess agent = start("demo: text 1 0")) {
            session = session(agent.turn());
            agent.finish();
        }
        try (DemoProcess agent = start("Go on", false, session)) {
            List<AgentOutput> turn = agent.turn();
            assertThat(session(turn)).isEqualTo(session);
            assertThat(said(turn)).contains("This is prompt 2 of our session");
            assertThat(workspace.resolve("SESAME.md")).content().contains("Prompt 2:\n\n> Go on");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo-nowhere", "../../etc/passwd", ""})
    void reportsALostSession(String lost) throws Exception {
        try (DemoProcess agent = start("demo: text 1 0", false, lost)) {
            assertThat(agent.turn())
                    .containsExactly(new TurnEnded(new Verdict.Failed("session_lost", "No session " + lost, false)));
            assertThat(agent.exit()).isEqualTo(1);
            assertThat(agent.conversation().end(1)).isEmpty();
        }
    }

    @Test
    void givesATourWithOneOfEverything() throws Exception {
        try (DemoProcess agent = start("Fix the \"bug\"\nplease", true, null)) {
            EventBody.PermissionRequest request = request(agent);
            agent.send(agent.conversation().answer(request.requestId(), Decision.ALLOW, null));
            List<AgentOutput> rest = agent.turn();
            assertThat(results(rest).getFirst().exitCode()).isNotNull();
            assertThat(rest).anyMatch(AgentOutput.Used.class::isInstance);
            assertThat(workspace.resolve("SESAME.md"))
                    .content()
                    .contains("> Fix the \"bug\"\n")
                    .doesNotContain("please");
            assertThat(agent.lines.toString()).contains("thinking").contains("Hello!");
        }
    }

    @Test
    void refusesScriptsWhereOnlyTheTourMayRun() throws Exception {
        DemoDriver driver = new DemoDriver(() -> false);
        try (DemoProcess agent = DemoProcess.start(driver, workspace, assignment("demo: run touch a", false, null))) {
            List<AgentOutput> turn = agent.turn();
            assertThat(((Verdict.Failed) verdict(turn)).message()).contains("full isolation");
            assertThat(events(turn)).hasOnlyElementsOfType(EventBody.Log.class).hasSize(1);
            assertThat(workspace).isEmptyDirectory();
        }
    }

    private DemoProcess start(String prompt) throws IOException {
        return start(prompt, false, null);
    }

    private DemoProcess start(String prompt, boolean ask, @Nullable String resume) throws IOException {
        return DemoProcess.start(workspace, assignment(prompt, ask, resume));
    }

    private Assignment assignment(String prompt, boolean ask, @Nullable String resume) {
        String home = temp.resolve("home").toString();
        return new Assignment("task_1", 1, prompt, null, ask, resume, List.of(), workspace.toString(), home);
    }

    private static EventBody.PermissionRequest request(DemoProcess agent) throws IOException {
        List<AgentOutput> outputs = agent.until(
                output -> output instanceof Event(EventBody body) && body instanceof EventBody.PermissionRequest);
        return (EventBody.PermissionRequest) events(outputs).getLast();
    }
}
