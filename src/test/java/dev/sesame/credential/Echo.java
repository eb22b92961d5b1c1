package dev.sesame.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A service on loopback that refuses everything and says back all that it was told, secrets included. As a model it
/// may be given words to say instead.
final class Echo implements AutoCloseable {
    private final HttpServer server;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile @Nullable String words;

    private Echo(HttpServer server) {
        this.server = server;
    }

    static Echo start() {
        try {
            var echo = new Echo(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            echo.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            echo.server.createContext("/", exchange -> {
                try (exchange) {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    String all = exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().entrySet() + " " + body;
                    echo.told.add(all);
                    String said = echo.words;
                    byte[] bytes = (said == null ? all : asModel(said)).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(said == null ? 400 : 200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            echo.server.start();
            return echo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on it answers as a model that says this.
    void say(String text) {
        words = text;
    }

    private static String asModel(String text) {
        return "{\"choices\":[{\"message\":{\"content\":" + TextNode.valueOf(text) + "}}]}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// All requests so far: path, headers and body.
    String told() {
        return String.join("\n", told);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
