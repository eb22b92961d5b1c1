package dev.sesame.github;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Answers everything with a redirect to one address; at that address, if it is its own, with an empty list.
final class RedirectingServer implements AutoCloseable {
    private final HttpServer server;

    private RedirectingServer(String target) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean there = exchange.getRequestURI().getPath().equals(target);
                byte[] body = "[]".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Location", target);
                exchange.sendResponseHeaders(there ? 200 : 301, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    static RedirectingServer to(String url) {
        try {
            return new RedirectingServer(url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedirectingServer toItself(String path) {
        return to(path);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
