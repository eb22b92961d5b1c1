package dev.sesame.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sesame.agent.ModelScript.Said;
import dev.sesame.agent.ModelScript.Step;
import dev.sesame.agent.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A scripted model behind the Anthropic Messages, the OpenAI Responses and the Gemini API, on loopback: what a
/// real agent CLI needs to do its work without a real model. What it says is in [ModelScript]. Keeps no state, so
/// retries and restarts find it as it was. Accepts keys that begin with `dummy-good`; `errNNN` scenarios answer
/// with that status.
public final class ModelServer implements AutoCloseable {
    public static final String GOOD_KEY = "dummy-good-key";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> requests = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    /// A request for the model's words.
    ///
    /// @param model by its name
    public record Asked(String key, String model, JsonNode body) {
        Asked(String key, JsonNode body) {
            this(key, Json.text(body, "model", ""), body);
        }
    }

    /// Requests that wait for their answer until this is closed. For any thread.
    public final class Hold implements AutoCloseable {
        private final String words;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        private Hold(String words) {
            this.words = words;
        }

        /// Waits for the first such request.
        public void awaitAsked() {
            await(asked);
        }

        @Override
        public void close() {
            holds.remove(this);
            open.countDown();
        }

        private void pass(String body) {
            if (body.contains(words)) {
                asked.countDown();
                await(open);
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(2, TimeUnit.MINUTES)) {
                    throw new AssertionError("Nobody asked the model, or nobody let it answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private ModelServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static ModelServer start() {
        try {
            return new ModelServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// To be set as `ANTHROPIC_BASE_URL`, and with `/v1` as `OPENAI_BASE_URL`.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Lets requests with these words wait.
    public Hold hold(String words) {
        Hold hold = new Hold(words);
        holds.add(hold);
        return hold;
    }

    /// What was asked so far, in order.
    public List<Asked> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            holds.forEach(hold -> hold.pass(body));
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/v1/messages") && exchange.getRequestMethod().equals("POST")) {
                messages(exchange, Json.object(body));
            } else if (path.endsWith("/v1/responses")
                    && exchange.getRequestMethod().equals("POST")) {
                responses(exchange, Json.object(body));
            } else if (path.contains("GenerateContent") || path.endsWith(":generateContent")) {
                gemini(exchange, path, Json.object(body));
            } else if (path.endsWith(":countTokens")) {
                answer(exchange, 200, Json.object().put("totalTokens", 100));
            } else if (path.endsWith("/count_tokens")) {
                answer(exchange, 200, Json.object().put("input_tokens", 100));
            } else {
                answer(exchange, exchange.getRequestMethod().equals("HEAD") ? 200 : 404, Json.object());
            }
        } catch (IOException e) {
            // the agent went away
        }
    }

    private void messages(HttpExchange exchange, @Nullable JsonNode request) throws IOException {
        if (request == null) {
            refuse(exchange, 400, "the body is no JSON object");
            return;
        }
        String key = key(exchange);
        requests.add(new Asked(key, request));
        if (!key.startsWith("dummy-good")) {
            refuse(exchange, 401, "invalid x-api-key");
            return;
        }
        List<Said> said = said(request.path("messages"));
        String scenario = ModelScript.scenario(said);
        if (scenario.startsWith("err") && hasTools(request)) {
            refuse(exchange, status(scenario), refusal(scenario));
            return;
        }
        List<Step> turn = hasTools(request) ? ModelScript.turn(said) : List.of(new Step.Say("A title"));
        new AnthropicAnswer(request, tools(request)).write(exchange, turn);
    }

    private void responses(HttpExchange exchange, @Nullable JsonNode request) throws IOException {
        if (request == null) {
            refuse(exchange, 400, "the body is no JSON object");
            return;
        }
        String key = key(exchange);
        requests.add(new Asked(key, request));
        List<Said> said = ResponsesAnswer.said(request);
        String scenario = ModelScript.scenario(said);
        if (!key.startsWith("dummy-good")) {
            refuse(exchange, 401, "Incorrect API key provided.");
        } else if (scenario.startsWith("err")) {
            refuse(exchange, status(scenario), refusal(scenario));
        } else {
            ResponsesAnswer.write(exchange, request, ModelScript.turn(said));
        }
    }

    private void gemini(HttpExchange exchange, String path, @Nullable JsonNode request) throws IOException {
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("x-goog-api-key"));
        JsonNode asked = request == null ? Json.object() : request;
        requests.add(new Asked(key, path, asked));
        List<Said> said = GeminiAnswer.said(asked);
        String scenario = ModelScript.scenario(said);
        if (!key.startsWith("dummy-good")) {
            GeminiAnswer.refuse(exchange, 400, "API key not valid. Please pass a valid API key.");
        } else if (scenario.startsWith("err") && hasTools(asked)) {
            GeminiAnswer.refuse(exchange, status(scenario), refusal(scenario));
        } else {
            List<Step> turn = hasTools(asked) ? ModelScript.turn(said) : List.of(new Step.Say("A title"));
            new GeminiAnswer(asked).write(exchange, path.contains(":stream"), turn);
        }
    }

    private static int status(String scenario) {
        return Integer.parseInt(scenario.substring(3));
    }

    /// In the words that vendors use, which is all that some agents pass on.
    private static String refusal(String scenario) {
        return switch (status(scenario)) {
            case 429 -> "Rate limit reached, please try again later";
            case 500 -> "Internal server error";
            case 529 -> "Overloaded";
            default -> "Refused by the script";
        };
    }

    private static boolean hasTools(JsonNode request) {
        return !request.path("tools").isEmpty();
    }

    private static Map<String, JsonNode> tools(JsonNode request) {
        Map<String, JsonNode> tools = new LinkedHashMap<>();
        for (JsonNode tool : request.path("tools")) {
            tools.put(Json.text(tool, "name", ""), tool.path("input_schema"));
        }
        return tools;
    }

    /// Results that come together in one message count once.
    private static List<Said> said(JsonNode messages) {
        List<Said> said = new ArrayList<>();
        for (JsonNode message : messages) {
            if (!"user".equals(Json.text(message, "role"))) {
                continue;
            }
            JsonNode content = message.path("content");
            boolean results = false;
            for (JsonNode block : content) {
                results |= "tool_result".equals(Json.text(block, "type"));
            }
            if (results) {
                said.add(new Said(null));
            }
            if (content.isTextual()) {
                said.add(new Said(content.asText()));
            }
            for (JsonNode block : content) {
                if ("text".equals(Json.text(block, "type"))) {
                    said.add(new Said(Json.text(block, "text", "")));
                }
            }
        }
        return said;
    }

    private static String key(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        return key != null ? key : authorization == null ? "" : authorization.replace("Bearer ", "");
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        String type = switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        ObjectNode body = Json.object().put("type", "error").put("request_id", "req_scripted");
        body.putObject("error").put("type", type).put("message", message);
        if (status == 429) {
            exchange.getResponseHeaders().set("retry-after", "1");
        }
        answer(exchange, status, body);
    }

    static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
