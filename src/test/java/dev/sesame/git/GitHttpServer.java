package dev.sesame.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A git host on loopback for tests: the real `git http-backend` behind an HTTP server, with tokens as
/// passwords. Like GitHub it answers 401 to a token that it doesn't know, 404 where a token has no access, and
/// 403 to a push that the token doesn't allow.
public final class GitHttpServer implements AutoCloseable {
    /// What a test may do to a request before it is answered; true: it has been answered.
    public interface Interception {
        boolean handle(HttpExchange exchange) throws IOException;
    }

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Access> tokens = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Interception interception = _ -> false;

    private record Access(String repository, boolean push) {}

    private GitHttpServer(Path root, HttpServer server) {
        this.root = root;
        this.server = server;
    }

    /// Serves the repositories below that directory, each `<owner>/<repo>.git`.
    public static GitHttpServer start(Path root) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var host = new GitHttpServer(root, server);
            server.setExecutor(host.threads);
            server.createContext("/", host::serve);
            server.start();
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The host's address, as the setting `github.url` wants it.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A new repository with one commit on `main`.
    public TestGit create(String name) {
        TestGit bare = TestGit.bare(
                root.resolve(name + ".git"), root.resolve("scratch").resolve(name));
        bare.run("config", "http.receivepack", "true");
        return bare;
    }

    /// A new repository without a commit.
    public TestGit createEmpty(String name) {
        Path directory = root.resolve(name + ".git");
        TestGit.init(root.resolve("scratch").resolve(name))
                .run("clone", "--quiet", "--bare", ".", directory.toString());
        return new TestGit(directory);
    }

    /// Lets a token read and push one repository.
    public void allow(String token, String repository) {
        tokens.put(token, new Access(repository, true));
    }

    public void allowReading(String token, String repository) {
        tokens.put(token, new Access(repository, false));
    }

    public void revoke(String token) {
        tokens.remove(token);
    }

    /// Makes the repository refuse every push with that message.
    public void declinePushes(String repository, String message) {
        try {
            Path hooks = Files.createDirectories(root.resolve(repository + ".git/hooks"));
            Path hook =
                    Files.writeString(hooks.resolve("pre-receive"), "#!/bin/sh\necho '" + message + "' >&2\nexit 1\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on asked of every request, before its token is looked at.
    public void intercept(Interception with) {
        interception = with;
    }

    /// All requests so far: method, path and query.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (!interception.handle(exchange) && isAllowed(exchange)) {
                answer(exchange);
            }
        }
    }

    private boolean isAllowed(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Access access = password(exchange).map(tokens::get).orElse(null);
        if (access == null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            return refuse(exchange, 401);
        }
        if (!path.startsWith("/" + access.repository() + ".git/")) {
            return refuse(exchange, 404);
        }
        boolean push = (path + "?" + exchange.getRequestURI().getQuery()).contains("git-receive-pack");
        return (!push || access.push()) || refuse(exchange, 403);
    }

    private static boolean refuse(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        return false;
    }

    private static Optional<String> password(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return Optional.empty();
        }
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
        String both = new String(decoded, StandardCharsets.UTF_8);
        return Optional.of(both.substring(both.indexOf(':') + 1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", "user");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        put(environment, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
        put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
        put(environment, "HTTP_CONTENT_ENCODING", exchange.getRequestHeaders().getFirst("Content-Encoding"));
        put(environment, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
        Process process = builder.start();
        Thread feeder = Thread.ofVirtual().start(() -> feed(exchange.getRequestBody(), process));
        try (var output = new BufferedInputStream(process.getInputStream())) {
            int status = readHeader(output, exchange);
            exchange.sendResponseHeaders(status, 0);
            output.transferTo(exchange.getResponseBody());
            feeder.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static void feed(InputStream body, Process process) {
        try (var stdin = process.getOutputStream()) {
            body.transferTo(stdin);
        } catch (IOException _) {
            // The program ended before it read all; its answer says why.
            return;
        }
    }

    private static int readHeader(InputStream in, HttpExchange exchange) throws IOException {
        int status = 200;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
