package dev.sesame.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server as a child process, on loopback, on a directory that is deleted with it. It runs with the JVM options of
/// this process, and ends when this process does, however that ends: it reads our end of a pipe.
final class ThrowAwayServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    /// What the child gets of our environment. The rest may hold keys, and settings that are not meant for it.
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TERM");

    private final Path place;
    private final Process process;
    private final CompletableFuture<Optional<URI>> address = new CompletableFuture<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Thread hook = new Thread(this::end, "end the throw-away server");
    private boolean ended;

    private ThrowAwayServer(Path place, Process process) {
        this.place = place;
        this.process = process;
        Thread.ofVirtual().start(this::listen);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param place its directory; deleted at the end
    /// @param repositories a directory of local repositories that it knows
    static ThrowAwayServer start(Path place, Path repositories) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-jar", System.getProperty("java.class.path"), "serve", "--until-stdin-closes"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.put("DATA_DIR", place.resolve("data").toString());
        environment.put("GIT_LOCAL_REPOSITORIES", repositories.toString());
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", "0");
        return new ThrowAwayServer(place, builder.start());
    }

    /// Where it listens, once it does; empty if it ended or did not come up in time.
    Optional<URI> address() {
        return address.completeOnTimeout(Optional.empty(), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// All it printed.
    String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: we were interrupted.
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher found = ADDRESS.matcher(line);
                if (!address.isDone() && found.find()) {
                    address.complete(Optional.of(URI.create(found.group())));
                }
            }
        } catch (IOException e) {
            // It is gone, and its pipe with it.
        }
        address.complete(Optional.empty());
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            process.outputWriter().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            ThrowAwayPlace.delete(place);
        } catch (IOException e) {
            throw new UncheckedIOException("What is left of the throw-away server is in " + place, e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
