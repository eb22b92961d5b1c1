package dev.sesame.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// From the launcher's first line to the first healthy answer, on a database that is there already.
final class ServerStart implements Measurement {
    private static final int ROUNDS = 7;
    /// Only root may write to it; then files are read from the disk again.
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Path data = Files.createTempDirectory("sesame-bench");
        try {
            start(data, Map.of(), false);
            var cached = new Samples();
            var killed = new Samples();
            var plain = new Samples();
            for (int i = 0; i < ROUNDS; i++) {
                cached.add(start(data, Map.of(), false));
                start(data, Map.of(), true);
                killed.add(start(data, Map.of(), false));
                start(data, Map.of(), false);
                plain.add(start(data, Map.of("SESAME_JAVA_OPTS", "-XX:AOTMode=off"), false));
            }
            var figures = new ArrayList<>(List.of(
                    Figure.atMost("./sesame → healthy, AOT cache, after a stop, p50", cached.millis(0.5), "ms", 1500),
                    Figure.atMost("./sesame → healthy, AOT cache, after kill -9, p50", killed.millis(0.5), "ms", 1500),
                    Figure.fact("./sesame → healthy, without AOT cache, p50", plain.millis(0.5), "ms")));
            if (Files.isWritable(DROP_CACHES)) {
                Files.writeString(DROP_CACHES, "3");
                long cold = start(data, Map.of(), false);
                figures.add(Figure.fact("./sesame → healthy, AOT cache, nothing in the page cache", cold / 1e6, "ms"));
            }
            return figures;
        } finally {
            dev.sesame.sandbox.FileTree.delete(data);
        }
    }

    /// @param kill whether the server is ended as `kill -9` does
    private static long start(Path data, Map<String, String> more, boolean kill) throws Exception {
        int port = freePort();
        var command = new ArrayList<String>(List.of("./sesame"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(data.resolve("output").toFile());
        builder.environment().putAll(Map.of("DATA_DIR", data.resolve("data").toString(), "PORT", Integer.toString(port)));
        builder.environment().putAll(more);
        long start = System.nanoTime();
        Process server = builder.start();
        try {
            while (!healthy(port)) {
                if (!server.isAlive() || System.nanoTime() - start > Duration.ofMinutes(1).toNanos()) {
                    throw new IllegalStateException(Files.readString(data.resolve("output")));
                }
                LockSupport.parkNanos(2_000_000);
            }
            return System.nanoTime() - start;
        } finally {
            if (kill) {
                server.destroyForcibly();
            } else {
                server.destroy();
            }
            server.waitFor();
        }
    }

    private static boolean healthy(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
