package dev.sesame.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.ModelServer;
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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real CLI where it is to run: fully isolated, under a uid of its own, read-only where it is installed.
@Tag("agents")
class ClaudeInSandboxIT {
    private static final int UID = 23_456;

    @TempDir
    Path directory;

    private final Semaphore activity = new Semaphore(0);

    @Test
    void autoModeDoesItsWorkUnderAnotherUidWithoutAnyAnswer() throws Exception {
        ClaudeDriver driver = new ClaudeDriver(new AgentPrograms(Path.of("target/agents"), Map.of(), System.getenv()));
        Program program = driver.install(line -> {});
        try (ModelServer model = ModelServer.start();
                LocalSandboxes sandboxes = LocalSandboxes.only(Isolation.FULL, directory.resolve("scripts"))) {
            Conversation conversation = driver.converse(assignment());
            Sandbox sandbox = start(sandboxes, driver, program, model);
            sandbox.onActivity(activity::release);
            byte[] opening = lines(conversation.start());
            sandbox.write(0, opening);
            await(() -> output(sandbox, Stream.STDOUT).contains("\"type\":\"result\""));
            sandbox.write(opening.length, sandbox.closeRecord());
            await(() -> sandbox.exit().isPresent());

            assertThat(sandbox.exit()).as(output(sandbox, Stream.STDERR)).hasValue(0);
            assertThat(outputs(conversation, sandbox)).contains(new TurnEnded(new Verdict.Succeeded()));
            assertThat(directory.resolve("workspace/hello.txt")).hasContent("hello from the model\nsecond line");
            sandbox.discard();
        }
    }

    private static Assignment assignment() {
        return new Assignment(
                "task_1", 1, "[[mock:full]] go", null, false, null, List.of(), "/workspace", "/home/agent");
    }

    private Sandbox start(LocalSandboxes sandboxes, ClaudeDriver driver, Program program, ModelServer model) {
        Map<String, String> known =
                Map.of("ANTHROPIC_API_KEY", ModelServer.GOOD_KEY, "ANTHROPIC_BASE_URL", model.url());
        Launch launch = driver.launch(assignment(), program, name -> Optional.ofNullable(known.get(name)));
        List<Mount> mounts = new ArrayList<>(program.mounts());
        for (String inside : List.of(SandboxCommand.WORKSPACE, SandboxCommand.HOME)) {
            Path host = directory.resolve(Path.of(inside).getFileName());
            sandboxes.own(host, UID);
            mounts.add(new Mount(host, inside, true));
        }
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", SandboxCommand.HOME);
        return sandboxes.start(new SandboxCommand(
                directory.resolve("control"),
                mounts,
                SandboxCommand.WORKSPACE,
                environment,
                launch.arguments(),
                UID,
                Instant.now().plus(Duration.ofMinutes(2)),
                Limits.NONE));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            boolean moved = activity.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(moved).as("something happens in time").isTrue();
            activity.drainPermits();
        }
    }

    private static byte[] lines(List<AgentOutput> outputs) {
        StringBuilder lines = new StringBuilder();
        for (AgentOutput output : outputs) {
            lines.append(((Send) output).line()).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<AgentOutput> outputs(Conversation conversation, Sandbox sandbox) {
        List<AgentOutput> outputs = new ArrayList<>();
        long offset = 0;
        for (String line : output(sandbox, Stream.STDOUT).lines().toList()) {
            outputs.addAll(conversation.line(offset, line));
            offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return outputs;
    }

    private static String output(Sandbox sandbox, Stream stream) {
        ByteBuffer buffer = ByteBuffer.allocate((int) sandbox.size(stream));
        while (buffer.hasRemaining() && sandbox.read(stream, buffer.position(), buffer) > 0) {}
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
}
