package dev.sesame.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// An endpoint on loopback that speaks OpenAI's chat completions, or what a test wants instead.
final class ChatServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final Function<String, Reply> replies;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Semaphore answered = new Semaphore(0);

    /// @param body as it is sent
    record Reply(int status, String body) {

        /// As a model says it.
        static Reply says(String content) {
            JsonNode all = JSON.valueToTree(Map.of("choices", List.of(Map.of("message", Map.of("content", content)))));
            return new Reply(200, all.toString());
        }
    }

    /// @param instruction what the model is told to do with the text
    record Asked(String authorization, String model, String instruction, String text) {}

    private ChatServer(HttpServer server, Function<String, Reply> replies) {
        this.server = server;
        this.replies = replies;
    }

    /// @param replies by the instruction
    static ChatServer start(Function<String, Reply> replies) {
        try {
            var chat = new ChatServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), replies);
            chat.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            chat.server.createContext("/v1/chat/completions", chat::serve);
            chat.server.start();
            return chat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the setting `ai.baseUrl` wants it.
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// Waits until so many further requests have been answered wholly.
    void awaitAnswers(int count) throws InterruptedException {
        if (!answered.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("asked was only: " + asked);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String instruction = body.at("/messages/0/content").asText();
            asked.add(new Asked(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body.path("model").asText(),
                    instruction,
                    body.at("/messages/1/content").asText()));
            Reply reply = replies.apply(instruction);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } finally {
            answered.release();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
