package dev.sesame;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The built server as a process of its own, on a data directory and a port of its own. Can be killed and started again
/// where it was.
///
/// ```java
/// try (var server = SesameServer.start()) {
///     HttpUser admin = server.admin();
///     assertThat(admin.get("/api/tasks").status()).isEqualTo(200);
///     server.kill();
///     server.restart();
/// }
/// ```
public final class SesameServer implements AutoCloseable {
    /// Generous, since many such servers may start on few processors.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final AtomicInteger USERS = new AtomicInteger();
    private static @Nullable SesameServer shared;

    private final Path directory;
    private final Map<String, String> environment;
    private final List<String> around;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final int port = freePort();
    private Process process;
    private @Nullable HttpUser admin;

    private SesameServer(Map<String, String> more, List<String> around) throws IOException {
        this.around = around;
        directory = Files.createTempDirectory("sesame-test");
        environment = new HashMap<>(Map.of(
                "HOST", "127.0.0.1",
                "DATA_DIR", directory.resolve("data").toString(),
                "GIT_LOCAL_REPOSITORIES", repositories().toString(),
                "RATE_LIMIT_AUTH_PER_MINUTE", "100000",
                "RATE_LIMIT_KEY_PER_MINUTE", "100000"));
        environment.putAll(more);
        Files.createDirectories(repositories());
        process = launch();
    }

    public static SesameServer start() {
        return start(Map.of());
    }

    /// @param environment further variables, over those that every test server gets
    public static SesameServer start(Map<String, String> environment) {
        return start(environment, List.of());
    }

    /// @param around a program with its arguments; runs the command line that follows them, and becomes it
    public static SesameServer start(Map<String, String> environment, List<String> around) {
        try {
            return new SesameServer(environment, around);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One server for all tests that need nothing special of it: an admin is there, anybody can sign up. It lives
    /// as long as the JVM of the tests; use a [#user] of your own.
    public static synchronized SesameServer shared() {
        if (shared == null) {
            SesameServer server = start(Map.of("ALLOW_USER_REGISTRATION", "true"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            var _ = server.admin();
            shared = server;
        }
        return shared;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    public Path dataDirectory() {
        return Path.of(environment.get("DATA_DIR"));
    }

    /// A directory whose bare repositories tasks can use by name.
    public Path repositories() {
        return directory.resolve("repositories");
    }

    /// Makes a bare repository with one commit on `main` among [#repositories].
    ///
    /// @param name as tasks name it, for instance `team/app`
    public void repository(String name) {
        Path bare = repositories().resolve(name + ".git");
        Path work = directory.resolve("work");
        git("init", "-q", "-b", "main", work.toString());
        try {
            Files.writeString(work.resolve("README.md"), "# " + name + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("-C", work.toString(), "add", ".");
        git("-C", work.toString(), "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "First");
        git("clone", "-q", "--bare", work.toString(), bare.toString());
        delete(work);
    }

    private static void git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                throw new AssertionError(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /// Everything the server printed so far, over all its starts.
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    public HttpUser anonymous() {
        return new HttpUser(base(), Map.of());
    }

    public HttpUser withKey(String key) {
        return new HttpUser(base(), Map.of("X-API-Key", key));
    }

    /// The first account, made when it is asked for first; a signed-in browser.
    public HttpUser admin() {
        if (admin == null) {
            admin = signUp("Ada Admin", "ada@example.com");
        }
        return admin;
    }

    /// A user whom no other test knows; a signed-in browser. Needs open registration, as the shared server has it.
    public HttpUser user() {
        int n = USERS.incrementAndGet();
        return signUp("User " + n, "user-" + n + "@example.com");
    }

    /// A key of the user's, with the usual permissions.
    public HttpUser keyOf(HttpUser user) {
        return withKey(user.post("/api/auth/api-key/create", Map.of()).text("key"));
    }

    /// A further account needs a server that was started with `ALLOW_USER_REGISTRATION=true`.
    public HttpUser signUp(String name, String email) {
        Answer answer = anonymous()
                .post("/api/auth/sign-up/email", Map.of("name", name, "email", email, "password", "correct horse"));
        if (answer.status() != 200) {
            throw new AssertionError("sign-up failed: " + answer);
        }
        return browser(answer);
    }

    /// The browser that got this answer to a sign-in or sign-up.
    public HttpUser browser(Answer signedIn) {
        String cookie = signedIn.header("set-cookie").replaceAll(";.*", "");
        return new HttpUser(base(), Map.of("Cookie", cookie, "Origin", base().toString()));
    }

    /// Sends a request as it is written here and reads until the server closes the connection.
    public String raw(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As `kill -9`; returns when it is dead.
    public void kill() {
        process.destroyForcibly();
        await(process);
    }

    /// As a service manager stops it.
    public void stop() {
        process.destroy();
        await(process);
    }

    /// Starts it again on the same data and port.
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#restart], with other values of some variables from now on.
    public void restart(Map<String, String> changed) {
        environment.putAll(changed);
        restart();
    }

    @Override
    public void close() {
        stop();
        endAgents();
        delete(directory);
    }

    // Agents outlive their server; those of ours have our directory in their command line.
    private void endAgents() {
        ProcessHandle.allProcesses()
                .filter(agent -> agent.info().commandLine().orElse("").contains(directory + "/"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(around);
        command.addAll(BuiltProgram.command(List.of()));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SESAME_"));
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        builder.redirectErrorStream(true);
        Process started = builder.start();
        Thread.ofPlatform().daemon().start(() -> read(started));
        awaitHealth(started);
        return started;
    }

    private void awaitHealth(Process started) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (started.isAlive() && System.nanoTime() < deadline) {
            try {
                if (anonymous().get("/api/health").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        started.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + output());
    }

    private void read(Process started) {
        try (BufferedReader lines = started.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
    }

    // Chosen here and not by the server, so that it stays the same over restarts whatever the server prints.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
