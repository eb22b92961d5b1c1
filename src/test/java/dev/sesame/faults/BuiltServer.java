package dev.sesame.faults;

import dev.sesame.BuiltProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The built server as a process of its own, on its own data directory and port, to be killed and started again.
final class BuiltServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final Path directory;
    private final Map<String, String> environment;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;

    /// @param directory for everything the server keeps; its name appears in the paths of all that it starts
    /// @param environment in addition to the usual
    BuiltServer(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path data() {
        return directory.resolve("data");
    }

    /// Where the server looks for local repositories.
    Path repositories() {
        return directory.resolve("repositories");
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    /// Starts it and waits until it answers.
    void start() throws IOException, InterruptedException {
        Files.createDirectories(repositories());
        ProcessBuilder builder = new ProcessBuilder(BuiltProgram.command(List.of("-Xmx256m"), "serve"));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        builder.environment()
                .putAll(Map.of(
                        "HOST", "127.0.0.1",
                        "PORT", Integer.toString(port),
                        "DATA_DIR", data().toString(),
                        "GIT_LOCAL_REPOSITORIES", repositories().toString()));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Process started = builder.start();
        process = started;
        Instant deadline = Instant.now().plus(START);
        while (!healthy()) {
            if (!started.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("The server does not start:\n" + tail());
            }
            Thread.sleep(20);
        }
    }

    private boolean healthy() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base().resolve("/api/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// `kill -9`, and waits for its end.
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    Path log() {
        return directory.resolve("server.log");
    }

    String tail() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.toHandle().destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
