package dev.sesame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.claude.ClaudeDriver;
import dev.sesame.agent.codex.CodexDriver;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.local.LocalSandboxes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real CLIs where they are to run: fully isolated, under a uid of their own, read-only where they are installed.
@Tag("agents")
class AgentsInSandboxIT {
    private static final int UID = 23_456;
    private static final AgentPrograms PROGRAMS =
            new AgentPrograms(Path.of("target/agents"), Map.of(), System.getenv());
    private static final List<AgentDriver> DRIVERS = List.of(new ClaudeDriver(PROGRAMS), new CodexDriver(PROGRAMS));

    @TempDir
    Path directory;

    private final Semaphore activity = new Semaphore(0);
    private final List<AgentOutput> outputs = new ArrayList<>();
    private long read;
    private long written;

    @ParameterizedTest
    @CsvSource({"claude-code, false, full", "claude-code, true, perm", "codex, false, full", "codex, true, perm"})
    void agentsDoTheirWorkUnderAnotherUid(String agent, boolean ask, String scenario) throws Exception {
        converse(agent, ask, scenario);

        assertThat(directory.resolve("workspace/hello.txt")).hasContent("hello from the model\nsecond line");
        assertThat(outputs.stream().filter(AgentsInSandboxIT::asks)).hasSize(ask ? 2 : 0);
    }

    private void converse(String agent, boolean ask, String scenario) throws InterruptedException {
        AgentDriver driver = DRIVERS.stream()
                .filter(candidate -> candidate.id().equals(agent))
                .findFirst()
                .orElseThrow();
        Assignment assignment = new Assignment(
                "task_1",
                1,
                "[[mock:" + scenario + "]] go",
                agent.equals("codex") ? "gpt-5.2-codex" : null,
                ask,
                null,
                List.of(),
                SandboxCommand.WORKSPACE,
                SandboxCommand.HOME);
        try (ModelServer model = ModelServer.start();
                LocalSandboxes sandboxes = LocalSandboxes.only(Isolation.FULL, directory.resolve("scripts"))) {
            Sandbox sandbox = start(sandboxes, driver, assignment, model);
            try {
                converse(driver.converse(assignment), sandbox);
            } finally {
                sandbox.kill(Duration.ofSeconds(5));
            }
            assertThat(outputs).as(text(sandbox, Stream.STDERR)).contains(new TurnEnded(new Verdict.Succeeded()));
            assertThat(sandbox.exit()).hasValue(0);
            sandbox.discard();
        }
    }

    private static boolean asks(AgentOutput output) {
        return output instanceof Event(PermissionRequest _);
    }

    private Sandbox start(LocalSandboxes sandboxes, AgentDriver driver, Assignment assignment, ModelServer model) {
        Map<String, String> known = Map.of(
                "ANTHROPIC_API_KEY",
                ModelServer.GOOD_KEY,
                "ANTHROPIC_BASE_URL",
                model.url(),
                "OPENAI_API_KEY",
                ModelServer.GOOD_KEY,
                "OPENAI_BASE_URL",
                model.url() + "/v1");
        Program program = driver.install(line -> {});
        Launch launch = driver.launch(assignment, program, name -> Optional.ofNullable(known.get(name)));
        List<Mount> mounts = new ArrayList<>(program.mounts());
        for (String inside : List.of(SandboxCommand.WORKSPACE, SandboxCommand.HOME)) {
            Path host = directory.resolve(Path.of(inside).getFileName());
            sandboxes.own(host, UID);
            mounts.add(new Mount(host, inside, true));
        }
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", SandboxCommand.HOME);
        Sandbox sandbox = sandboxes.start(new SandboxCommand(
                directory.resolve("control"),
                mounts,
                SandboxCommand.WORKSPACE,
                environment,
                launch.arguments(),
                UID,
                Instant.now().plus(Duration.ofMinutes(3)),
                Limits.NONE));
        sandbox.onActivity(activity::release);
        return sandbox;
    }

    /// Until the turn's end and then the process's; every request for permission is allowed.
    private void converse(Conversation conversation, Sandbox sandbox) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        boolean closed = false;
        take(conversation.start(), conversation, sandbox);
        while (sandbox.exit().isEmpty()) {
            for (String line : newLines(sandbox)) {
                take(conversation.line(read, line), conversation, sandbox);
                read += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            if (!closed && outputs.stream().anyMatch(TurnEnded.class::isInstance)) {
                closed = true;
                sandbox.write(written, sandbox.closeRecord());
            }
            boolean moved = activity.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(moved).as("still waiting; so far " + outputs).isTrue();
            activity.drainPermits();
        }
    }

    private void take(List<AgentOutput> step, Conversation conversation, Sandbox sandbox) {
        outputs.addAll(step);
        for (AgentOutput output : step) {
            if (output instanceof Send(String line)) {
                byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
                sandbox.write(written, bytes);
                written += bytes.length;
            } else if (output instanceof Event(PermissionRequest request)) {
                take(conversation.answer(request.requestId(), Decision.ALLOW, null), conversation, sandbox);
            }
        }
    }

    /// The whole lines that follow what was read.
    private List<String> newLines(Sandbox sandbox) {
        byte[] all = text(sandbox, Stream.STDOUT).getBytes(StandardCharsets.UTF_8);
        String unread = new String(all, (int) read, all.length - (int) read, StandardCharsets.UTF_8);
        return unread.substring(0, unread.lastIndexOf('\n') + 1).lines().toList();
    }

    private static String text(Sandbox sandbox, Stream stream) {
        ByteBuffer buffer = ByteBuffer.allocate((int) sandbox.size(stream));
        while (buffer.hasRemaining() && sandbox.read(stream, buffer.position(), buffer) > 0) {}
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
