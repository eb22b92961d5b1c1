package dev.sesame.ai;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes requests on loopback and never answers. It knows who still waits.
final class SilentServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerSocket socket;
    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();

    private SilentServer(ServerSocket socket) {
        this.socket = socket;
    }

    static SilentServer start() {
        try {
            var silent = new SilentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(silent::accept);
            return silent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    /// How many have sent a request and have not given up.
    int waiting() {
        return waiting.size();
    }

    void awaitNobodyWaits() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!waiting.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(waiting + " have not given up");
            }
            Thread.onSpinWait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.startVirtualThread(() -> hold(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void hold(Socket client) {
        try (client) {
            while (client.getInputStream().read() >= 0) {
                waiting.add(client);
            }
        } catch (IOException e) {
            // reset: given up as well
        } finally {
            waiting.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : waiting) {
            client.close();
        }
    }
}
