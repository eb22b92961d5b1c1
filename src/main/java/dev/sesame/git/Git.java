package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs the `git` program outside of any sandbox, on our own repositories. Safe from any thread; a call lasts
/// as long as git does. An interrupt or the limit ends git and all it started.
final class Git {
    /// The exit code that [Result] has when the limit ended git.
    static final int TIMED_OUT = 124;

    private static final int MAX_COLLECTED = 64 << 20;
    private static final Duration TO_DRAIN = Duration.ofSeconds(5);

    private final GitSurroundings surroundings;

    Git(GitSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// @param output what the command's reader left to collect: all of standard output if it has none
    /// @param errors the last lines of standard error
    record Result(int exit, String output, String errors) {
        boolean ok() {
            return exit == 0;
        }

        List<String> lines() {
            return output.lines().toList();
        }
    }

    /// Runs it and returns how it ended, whatever the exit code.
    ///
    /// @throws CancellationException when the thread is interrupted; its interrupt status is set
    /// @throws GitException `GIT_FAILED` when git is missing
    Result run(GitCommand command) {
        Process process = start(command);
        var output = new ByteArrayOutputStream();
        var errors = new ErrorLines(command.report());
        var failure = new AtomicReference<@Nullable RuntimeException>();
        List<Thread> pumps = List.of(
                pump("input", process, failure, () -> send(command, process)),
                pump("output", process, failure, () -> read(command, process.getInputStream(), output)),
                pump("errors", process, failure, () -> errors.read(process.getErrorStream())));
        boolean inTime = awaitEnd(process, command.limit(), pumps);
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        return inTime
                ? new Result(process.exitValue(), output.toString(StandardCharsets.UTF_8), inOurTerms(errors.text()))
                : new Result(TIMED_OUT, "", "timed out after " + command.limit().toSeconds() + " s");
    }

    /// Runs a command on our own repositories that has no reason to fail.
    ///
    /// @throws GitException `GIT_FAILED` for any exit code but 0
    String expect(GitCommand command) {
        Result result = run(command);
        if (!result.ok()) {
            throw new GitException(Reason.GIT_FAILED, "Git failed on the server's copy: " + result.errors());
        }
        return result.output();
    }

    /// Without the place of the server's files.
    private String inOurTerms(String text) {
        return text.replace(surroundings.directory() + "/", "");
    }

    private Process start(GitCommand command) {
        var line = new ArrayList<String>(ProcessTree.OWN_SESSION);
        if (command.lock() != null) {
            line.addAll(ProcessTree.locked(command.lock()));
        }
        line.add("git");
        line.addAll(List.of("-c", "core.hooksPath=/dev/null"));
        line.addAll(command.arguments());
        var builder =
                new ProcessBuilder(line).directory(surroundings.temporary().toFile());
        builder.environment().clear();
        builder.environment().putAll(surroundings.environment());
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new GitException(Reason.GIT_FAILED, "The program git can't be started: " + e.getMessage());
        }
    }

    private static boolean awaitEnd(Process process, Duration limit, List<Thread> pumps) {
        boolean ended = false;
        try {
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            ended = inTime;
            for (Thread pump : pumps) {
                ended &= inTime && pump.join(TO_DRAIN);
            }
            return inTime;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while git was at work");
        } finally {
            if (!ended) {
                ProcessTree.kill(process);
            }
        }
    }

    private static void send(GitCommand command, Process process) throws IOException {
        try (var stdin = process.getOutputStream()) {
            if (command.input() != null) {
                command.input().send(stdin);
            }
        }
    }

    private static void read(GitCommand command, InputStream stdout, ByteArrayOutputStream collected)
            throws IOException {
        try (stdout) {
            if (command.output() == null) {
                collected.write(stdout.readNBytes(MAX_COLLECTED));
                if (stdout.read() >= 0) {
                    throw new GitException(Reason.GIT_FAILED, "The answer is larger than " + MAX_COLLECTED + " bytes");
                }
            } else {
                command.output().read(stdout);
            }
        }
    }

    private interface Pumping {
        void run() throws IOException;
    }

    /// A failure of the caller's side is a `RuntimeException`, ends git and is thrown by [#run]. An
    /// `IOException` is one of the pipe: git closed it, and its exit code says why.
    private static Thread pump(
            String name, Process process, AtomicReference<@Nullable RuntimeException> failure, Pumping pumping) {
        return Thread.ofVirtual().name("git-" + name).start(() -> {
            try {
                pumping.run();
            } catch (IOException _) {
                return;
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                ProcessTree.kill(process);
            }
        });
    }

    static Path lockOf(Path repository) {
        return repository.resolveSibling(repository.getFileName() + ".lock");
    }
}
