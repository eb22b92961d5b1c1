package dev.sesame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A real agent in a plain process, held in conversation the way a task does it: each line is fed to the conversation,
/// what it wants sent goes to stdin. Only for tests: nothing isolates it.
public final class LiveAgent implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final Conversation conversation;
    private final Assignment assignment;
    private final List<AgentOutput> outputs = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private final List<Thread> readers;
    private boolean ended;

    public LiveAgent(AgentDriver driver, Program program, Assignment assignment, AgentDriver.Credentials credentials) {
        this.assignment = assignment;
        conversation = driver.converse(assignment);
        Launch launch = driver.launch(assignment, program, credentials);
        process = start(launch, program);
        tell(conversation::start);
        readers = List.of(
                Thread.startVirtualThread(() -> read(process.getInputStream(), true)),
                Thread.startVirtualThread(() -> read(process.getErrorStream(), false)));
    }

    private Process start(Launch launch, Program program) {
        List<String> command =
                launch.arguments().stream().map(word -> onHost(word, program)).toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of(assignment.workspace()).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", assignment.home());
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "dumb");
        launch.environment().forEach((name, value) -> environment.put(name, onHost(value, program)));
        launch.homeFiles().forEach(this::write);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String content) {
        try {
            Path target = Path.of(assignment.home()).resolve(file);
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String onHost(String word, Program program) {
        for (Mount mount : program.mounts()) {
            if (word.equals(mount.inside()) || word.startsWith(mount.inside() + "/")) {
                return mount.host() + word.substring(mount.inside().length());
            }
        }
        return word;
    }

    public void prompt(String text) {
        tell(() -> conversation.prompt(text));
    }

    public void answer(String requestId, Decision decision, @Nullable String message) {
        tell(() -> conversation.answer(requestId, decision, message));
    }

    public void interrupt() {
        tell(conversation::interrupt);
    }

    /// Waits for the first event of the type that was not awaited before.
    public <T extends EventBody> T await(Class<T> type) {
        return await(output ->
                output instanceof AgentOutput.Event(var body) && type.isInstance(body) ? type.cast(body) : null);
    }

    public Verdict awaitVerdict() {
        return await(output -> output instanceof TurnEnded(var verdict) ? verdict : null);
    }

    private int seen;

    private synchronized <T> T await(Function<AgentOutput, @Nullable T> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            while (seen < outputs.size()) {
                T found = wanted.apply(outputs.get(seen++));
                if (found != null) {
                    return found;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(left).as("still waiting; so far " + outputs).isPositive();
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Closes the input, waits for the end of the process and of its output.
    public int end() throws InterruptedException, IOException {
        process.getOutputStream().close();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the agent ends when its input does")
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        synchronized (this) {
            outputs.addAll(conversation.end(process.exitValue()));
            ended = true;
        }
        return process.exitValue();
    }

    public synchronized List<AgentOutput> outputs() {
        return List.copyOf(outputs);
    }

    public <T extends EventBody> List<T> events(Class<T> type) {
        return outputs().stream()
                .filter(AgentOutput.Event.class::isInstance)
                .map(output -> ((AgentOutput.Event) output).body())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /// With the system property `captures.write`, keeps what passed as a capture, with neutral paths.
    public synchronized void keepAs(String agent, String name) throws IOException {
        if (Boolean.getBoolean("captures.write")) {
            List<String> neutral = transcript.stream()
                    .map(line -> line.replace(assignment.workspace(), "/workspace")
                            .replace(assignment.workspace().replace('/', '-'), "-workspace")
                            .replace(assignment.home(), "/home/agent")
                            .replace(assignment.workspace().split("/")[2] + "/", ""))
                    .toList();
            Files.write(Path.of("src/test/resources/captures", agent, name + ".jsonl"), neutral);
        }
    }

    private synchronized void tell(Supplier<List<AgentOutput>> step) {
        take(step.get());
    }

    private void read(InputStream stream, boolean stdout) {
        long offset = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(offset, line, stdout);
                offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void heard(long offset, String line, boolean stdout) {
        if (stdout) {
            transcript.add("OUT " + line);
            take(conversation.line(offset, line));
        } else {
            take(conversation.errorLine(offset, line));
        }
    }

    private void take(List<AgentOutput> step) {
        outputs.addAll(step);
        for (AgentOutput output : step) {
            if (output instanceof AgentOutput.Send(String line)) {
                send(line);
            }
        }
        notifyAll();
    }

    private void send(String line) {
        transcript.add("IN  " + line);
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // it is gone; what it printed tells why
        }
    }

    @Override
    public void close() {
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
