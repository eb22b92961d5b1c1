package dev.sesame.client;

import dev.sesame.BuiltProgram;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Somebody who runs `sesame` with a home and an environment of their own.
///
/// @param environment all that the program sees of one, beside the home
record CommandLineUser(Path home, Map<String, String> environment) {

    /// With a key of the user's in the environment.
    static CommandLineUser withKey(Path home, SesameServer server, HttpUser user) {
        String key = server.keyOf(user).header("X-API-Key");
        return new CommandLineUser(home, Map.of("SESAME_URL", server.base().toString(), "SESAME_API_KEY", key));
    }

    /// @param out what it printed, without what it said beside it
    /// @param notes what it said beside it
    record Result(int status, String out, String notes) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /// Runs it to its end.
    Result run(String... arguments) {
        return runWith("", arguments);
    }

    /// @param input what it can read
    Result runWith(String input, String... arguments) {
        Running running = start(arguments);
        try (var stdin = running.process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It reads nothing.
        }
        return running.end();
    }

    /// Runs it to its end, its output going to a file.
    Result runInto(Path file, String... arguments) {
        return start(ProcessBuilder.Redirect.to(file.toFile()), arguments).end();
    }

    Running start(String... arguments) {
        return start(ProcessBuilder.Redirect.PIPE, arguments);
    }

    private Running start(ProcessBuilder.Redirect output, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(BuiltProgram.command(List.of(), arguments));
            Map<String, String> all = new HashMap<>(environment);
            all.put("HOME", home.toString());
            all.put("PATH", System.getenv("PATH"));
            all.put("LC_ALL", "C.UTF-8");
            builder.environment().clear();
            builder.environment().putAll(all);
            builder.redirectOutput(output);
            return new Running(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One that runs.
    static final class Running implements AutoCloseable {
        private final Process process;
        private final CompletableFuture<String> out;
        private final CompletableFuture<String> notes;
        private final StringWriter noted = new StringWriter();

        private Running(Process process) {
            this.process = process;
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            out = CompletableFuture.supplyAsync(() -> read(process.inputReader(), new StringWriter()), threads);
            notes = CompletableFuture.supplyAsync(() -> read(process.errorReader(), noted), threads);
        }

        private static String read(BufferedReader from, StringWriter into) {
            try (from) {
                for (int c = from.read(); c >= 0; c = from.read()) {
                    into.write(c);
                }
                return into.toString();
            } catch (IOException e) {
                // Closed by who had enough.
                return into.toString();
            }
        }

        /// What it said beside its output so far.
        String notes() {
            return noted.toString();
        }

        /// As `head` does when it has enough.
        void stopReading() throws IOException {
            process.getInputStream().close();
        }

        /// As a CI system ends a job.
        void terminate() {
            // By its handle: the process itself would close what we read, too.
            process.toHandle().destroy();
        }

        Result end() {
            try {
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("it does not end; it said: " + noted);
                }
                return new Result(process.exitValue(), out.join(), notes.join());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
