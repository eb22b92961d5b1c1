package dev.sesame.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sesame.agent.ModelScript.Chosen;
import dev.sesame.agent.ModelScript.Step;
import dev.sesame.agent.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One answer of the Messages API: as a stream of server-sent events, or in one piece where that is asked for.
final class AnthropicAnswer {
    private static final int TICKS = 3000;
    private static final int TICK_MILLIS = 100;
    private static final int DELIVERED_MILLIS = 300; // a connection reset at once would take the last words with it

    private final JsonNode request;
    private final Map<String, JsonNode> tools;

    AnthropicAnswer(JsonNode request, Map<String, JsonNode> tools) {
        this.request = request;
        this.tools = tools;
    }

    void write(HttpExchange exchange, List<Step> turn) throws IOException {
        boolean breaks = turn.stream().anyMatch(Step.Drop.class::isInstance);
        if (!Json.flag(request, "stream")) {
            if (breaks) {
                exchange.sendResponseHeaders(200, 1 << 20);
            } else {
                ModelServer.answer(exchange, 200, whole(turn));
            }
            return;
        }
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        // A length that is never reached breaks the connection at the end.
        exchange.sendResponseHeaders(200, breaks ? 1 << 20 : 0);
        OutputStream out = exchange.getResponseBody();
        ObjectNode start = Json.object();
        start.set("message", message(Json.object().arrayNode()));
        send(out, "message_start", start);
        int index = 0;
        for (Step step : turn) {
            switch (step) {
                case Step.Think(String text) -> {
                    if (thinks()) {
                        think(out, index++, text);
                    }
                }
                case Step.Say(String text) -> say(out, index++, text);
                case Step.Tick(String text) -> tick(out, index++, text);
                case Step.Call(var tool) -> call(out, index++, ModelScript.choose(tool, tools, request));
                case Step.Drop() -> {
                    pause(DELIVERED_MILLIS);
                    return;
                }
            }
        }
        ObjectNode end = Json.object();
        end.putObject("delta").put("stop_reason", stopReason(turn)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", 20);
        send(out, "message_delta", end);
        send(out, "message_stop", Json.object());
    }

    private void think(OutputStream out, int index, String text) throws IOException {
        begin(out, index, block("thinking").put("thinking", "").put("signature", ""));
        for (String word : text.split("(?<= )")) {
            delta(out, index, Json.object().put("type", "thinking_delta").put("thinking", word));
        }
        delta(out, index, Json.object().put("type", "signature_delta").put("signature", "c2lnbmVk"));
        stop(out, index);
    }

    private void say(OutputStream out, int index, String text) throws IOException {
        begin(out, index, block("text").put("text", ""));
        for (String word : text.split("(?<= )")) {
            delta(out, index, Json.object().put("type", "text_delta").put("text", word));
        }
        stop(out, index);
    }

    private void tick(OutputStream out, int index, String text) throws IOException {
        begin(out, index, block("text").put("text", ""));
        for (int i = 0; i < TICKS && !Thread.currentThread().isInterrupted(); i++) {
            delta(out, index, Json.object().put("type", "text_delta").put("text", text));
            pause(TICK_MILLIS);
        }
        stop(out, index);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(OutputStream out, int index, Chosen chosen) throws IOException {
        ObjectNode block = block("tool_use").put("id", id("toolu_")).put("name", chosen.name());
        block.putObject("input");
        begin(out, index, block);
        String input = chosen.input().toString();
        for (int from = 0; from < input.length(); from += 40) {
            String piece = input.substring(from, Math.min(from + 40, input.length()));
            delta(out, index, Json.object().put("type", "input_json_delta").put("partial_json", piece));
        }
        stop(out, index);
    }

    private ObjectNode whole(List<Step> turn) {
        ArrayNode content = Json.object().arrayNode();
        for (Step step : turn) {
            switch (step) {
                case Step.Say(String text) -> content.add(block("text").put("text", text));
                case Step.Call(var tool) -> {
                    Chosen chosen = ModelScript.choose(tool, tools, request);
                    ObjectNode block = block("tool_use").put("id", id("toolu_")).put("name", chosen.name());
                    content.add(block.<ObjectNode>set("input", chosen.input()));
                }
                case Step.Think _, Step.Tick _, Step.Drop _ -> {} // only a stream has them
            }
        }
        return message(content).put("stop_reason", stopReason(turn));
    }

    private ObjectNode message(ArrayNode content) {
        ObjectNode message = Json.object()
                .put("id", id("msg_"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", Json.text(request, "model"))
                .putNull("stop_reason")
                .putNull("stop_sequence");
        message.set("content", content);
        message.putObject("usage")
                .put("input_tokens", 100)
                .put("output_tokens", 20)
                .put("cache_creation_input_tokens", 30)
                .put("cache_read_input_tokens", 7);
        return message;
    }

    private boolean thinks() {
        String type = Json.text(request.path("thinking"), "type", "");
        return type.equals("enabled") || type.equals("adaptive");
    }

    private static String stopReason(List<Step> turn) {
        return turn.stream().anyMatch(Step.Call.class::isInstance) ? "tool_use" : "end_turn";
    }

    private static ObjectNode block(String type) {
        return Json.object().put("type", type);
    }

    private static void begin(OutputStream out, int index, ObjectNode block) throws IOException {
        ObjectNode event = Json.object().put("index", index);
        event.set("content_block", block);
        send(out, "content_block_start", event);
    }

    private static void delta(OutputStream out, int index, ObjectNode delta) throws IOException {
        ObjectNode event = Json.object().put("index", index);
        event.set("delta", delta);
        send(out, "content_block_delta", event);
    }

    private static void stop(OutputStream out, int index) throws IOException {
        send(out, "content_block_stop", Json.object().put("index", index));
    }

    private static void send(OutputStream out, String type, ObjectNode event) throws IOException {
        event.put("type", type);
        out.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
