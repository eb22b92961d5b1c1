package dev.sesame.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What of the host's programs keeps a git and its children together: a session of their own, so that one
/// signal reaches all, and a lock that lives exactly as long as any of them, also when the server that started
/// them died. Where util-linux is missing both are done without.
final class ProcessTree {
    static final List<String> OWN_SESSION = installed("setsid") ? List.of("setsid") : List.of();
    private static final boolean FLOCK = installed("flock");
    private static final long TO_TIDY_UP_MILLIS = 1_000;

    private ProcessTree() {}

    /// The words before a command that make it wait for that file's lock, and hold it.
    static List<String> locked(Path file) {
        return FLOCK ? List.of("flock", "-x", "-F", file.toString()) : List.of();
    }

    /// Ends the process and all its children. Git gets a moment to remove its lock files first.
    static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        boolean interrupted = Thread.interrupted();
        try {
            signal("TERM", process);
            process.destroy();
            process.waitFor(TO_TIDY_UP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        } finally {
            signal("KILL", process);
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void signal(String name, Process process) {
        if (OWN_SESSION.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean installed(String program) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(":"))
                .anyMatch(directory -> !directory.isEmpty() && Files.isExecutable(Path.of(directory, program)));
    }
}
