package dev.sesame.agent.demo;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The real demo agent on plain pipes, with the conversation on our side of them: what a task does, without sandbox,
/// log and database.
final class DemoProcess implements AutoCloseable {
    private static final DemoDriver DRIVER = new DemoDriver(() -> true);

    private final Process process;
    private final BufferedReader stdout;
    private final Conversation conversation;
    /// The agent's lines so far.
    final List<String> lines = new ArrayList<>();
    private long offset;

    private DemoProcess(Process process, Conversation conversation) {
        this.process = process;
        this.stdout = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.conversation = conversation;
    }

    static DemoProcess start(Path directory, Assignment assignment) throws IOException {
        return start(DRIVER, directory, assignment);
    }

    static DemoProcess start(DemoDriver driver, Path directory, Assignment assignment) throws IOException {
        Program program = driver.install(progress -> {});
        List<String> command = program.command().stream()
                .map(word -> onTheHost(word, program.mounts()))
                .toList();
        Launch launch = driver.launch(assignment, new Program(program.mounts(), command, ""), name -> Optional.empty());
        ProcessBuilder builder = new ProcessBuilder(launch.arguments()).directory(directory.toFile());
        builder.environment().putAll(launch.environment());
        builder.redirectError(directory.resolve("../stderr").toFile());
        DemoProcess started = new DemoProcess(builder.start(), driver.converse(assignment));
        started.send(started.conversation.start());
        return started;
    }

    private static String onTheHost(String word, List<Mount> mounts) {
        for (Mount mount : mounts) {
            if (word.startsWith(mount.inside())) {
                return mount.host() + word.substring(mount.inside().length());
            }
        }
        return word;
    }

    /// Reads until an output is such, and returns all since the last call.
    List<AgentOutput> until(Predicate<AgentOutput> wanted) throws IOException {
        List<AgentOutput> outputs = new ArrayList<>();
        while (true) {
            String line = stdout.readLine();
            if (line == null) {
                throw new AssertionError("The agent ended after " + outputs);
            }
            lines.add(line);
            List<AgentOutput> step = conversation.line(offset, line);
            offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
            send(step);
            outputs.addAll(step);
            if (step.stream().anyMatch(wanted)) {
                return outputs;
            }
        }
    }

    List<AgentOutput> turn() throws IOException {
        return until(AgentOutput.TurnEnded.class::isInstance);
    }

    Conversation conversation() {
        return conversation;
    }

    void send(List<AgentOutput> outputs) throws IOException {
        for (AgentOutput output : outputs) {
            if (output instanceof AgentOutput.Send(String line)) {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        process.getOutputStream().flush();
    }

    /// Closes the agent's stdin, reads what is left and waits for its end.
    int finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return exit();
    }

    int exit() throws IOException, InterruptedException {
        for (String line = stdout.readLine(); line != null; line = stdout.readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("The agent does not end");
        }
        return process.exitValue();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
