package dev.sesame.app.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program of the host: where it is, what it says.
public final class HostProgram {

    private static final long PATIENCE_SECONDS = 10;

    private HostProgram() {}

    /// On the PATH, where it really is.
    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(HostProgram::real);
    }

    private static Path real(Path found) {
        try {
            return found.toRealPath();
        } catch (IOException e) {
            return found;
        }
    }

    /// The first line it prints, if it ends well and soon.
    static Optional<String> ask(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try {
                // Its output is small enough for the pipe, so waiting before reading is safe.
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return Optional.empty();
                }
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return output.lines().map(String::strip).findFirst();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Runs it on our terminal; returns its exit status, 127 if it is not there.
    static int run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            return 127;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
