package dev.sesame.ui;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.sesame.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real nginx or Caddy on loopback that runs a configuration of `docs/reverse-proxy.md`; only names, ports and the
/// certificate's place are replaced.
final class ReverseProxy implements AutoCloseable {
    private static final Path PAGE = Path.of("docs/reverse-proxy.md");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;

    private ReverseProxy(Process process) {
        this.process = process;
    }

    /// @param base where it listens, and under which path Sesame is there
    /// @param to the port of Sesame
    static ReverseProxy nginx(URI base, int to, Certificate certificate, Path directory) throws IOException {
        String server = block("nginx", base)
                .replace("listen 443 ssl", "listen 127.0.0.1:" + base.getPort() + " ssl")
                .replace("127.0.0.1:13531", "127.0.0.1:" + to)
                .replace("/etc/ssl/sesame.pem", certificate.chain().toString())
                .replace("/etc/ssl/sesame.key", certificate.key().toString());
        StringBuilder all = new StringBuilder("daemon off;\nmaster_process off;\nerror_log stderr;\n");
        all.append("pid ").append(directory.resolve("nginx.pid")).append(";\nevents {}\nhttp {\naccess_log off;\n");
        for (String each : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            all.append(each)
                    .append("_temp_path ")
                    .append(directory.resolve(each))
                    .append(";\n");
        }
        Path file = Files.writeString(
                directory.resolve("nginx.conf"), all.append(server).append("\n}\n"));
        String program = program("nginx");
        return start(base, directory, program, "-p", directory.toString(), "-c", file.toString());
    }

    /// As [#nginx].
    static ReverseProxy caddy(URI base, int to, Certificate certificate, Path directory) throws IOException {
        String site = block("caddy", base)
                .replaceFirst(
                        "\\S*example\\.com \\{",
                        "https://127.0.0.1:" + base.getPort() + " {\n\tbind 127.0.0.1\n" + "\ttls "
                                + certificate.chain() + " " + certificate.key())
                .replace("127.0.0.1:13531", "127.0.0.1:" + to);
        String options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n";
        Path file = Files.writeString(directory.resolve("Caddyfile"), options + site + "\n");
        return start(base, directory, program("caddy"), "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String block(String language, URI base) throws IOException {
        boolean path = !base.getPath().isEmpty();
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        return blocks.results()
                .map(each -> each.group(1))
                .filter(each -> each.contains("/sesame/") == path)
                .findFirst()
                .orElseThrow();
    }

    private static String program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> abort("no " + name + " on the PATH"));
    }

    private static ReverseProxy start(URI base, Path directory, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().put("HOME", directory.toString());
        ReverseProxy proxy = new ReverseProxy(builder.start());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(base.getPort())) {
            if (!proxy.process.isAlive() || System.nanoTime() > deadline) {
                proxy.close();
                throw new AssertionError("no proxy: " + Files.readString(directory.resolve("output")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return proxy;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
