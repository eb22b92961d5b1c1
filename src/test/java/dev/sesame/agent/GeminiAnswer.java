package dev.sesame.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sesame.agent.ModelScript.Chosen;
import dev.sesame.agent.ModelScript.Said;
import dev.sesame.agent.ModelScript.Step;
import dev.sesame.agent.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One answer of the Gemini API: as a stream of server-sent events, or in one piece where that is asked for.
final class GeminiAnswer {
    private static final int TICKS = 3000;
    private static final int TICK_MILLIS = 100;

    private final JsonNode request;

    GeminiAnswer(JsonNode request) {
        this.request = request;
    }

    /// What the conversation in a request is, for the script.
    static List<Said> said(JsonNode request) {
        List<Said> said = new ArrayList<>();
        for (JsonNode content : request.path("contents")) {
            boolean results = false;
            for (JsonNode part : content.path("parts")) {
                results |= part.has("functionResponse");
            }
            if (results) {
                said.add(new Said(null));
            }
            for (JsonNode part : content.path("parts")) {
                if (part.has("text") && "user".equals(Json.text(content, "role"))) {
                    said.add(new Said(Json.text(part, "text", "")));
                }
            }
        }
        return said;
    }

    static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", status).put("message", message);
        error.put("status", status == 429 ? "RESOURCE_EXHAUSTED" : status == 400 ? "INVALID_ARGUMENT" : "INTERNAL");
        if (message.startsWith("API key")) {
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                    .put("reason", "API_KEY_INVALID");
        }
        ModelServer.answer(exchange, status, body);
    }

    void write(HttpExchange exchange, boolean streams, List<Step> turn) throws IOException {
        if (!streams) {
            boolean json = request.path("generationConfig").has("responseMimeType");
            ModelServer.answer(exchange, 200, chunk(text(json ? "{}" : "A title"), true));
            return;
        }
        boolean breaks = turn.stream().anyMatch(Step.Drop.class::isInstance);
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        // A length that is never reached breaks the connection at the end.
        exchange.sendResponseHeaders(200, breaks ? 1 << 20 : 0);
        OutputStream out = exchange.getResponseBody();
        for (Step step : turn) {
            switch (step) {
                case Step.Think(String text) ->
                    send(out, chunk(text("**Planning** " + text).put("thought", true), false));
                case Step.Say(String text) -> {
                    for (String piece : text.split("(?<= )")) {
                        send(out, chunk(text(piece), false));
                    }
                }
                case Step.Tick(String text) -> tick(out, text);
                case Step.Call(var tool) -> send(out, chunk(call(ModelScript.choose(tool, tools(), request)), false));
                case Step.Drop() -> {
                    return;
                }
            }
        }
        send(out, chunk(text(""), true));
    }

    private void tick(OutputStream out, String text) throws IOException {
        for (int i = 0; i < TICKS; i++) {
            send(out, chunk(text(text), false));
            try {
                Thread.sleep(TICK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Map<String, JsonNode> tools() {
        Map<String, JsonNode> tools = new LinkedHashMap<>();
        for (JsonNode tool : request.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                JsonNode schema = function.has("parametersJsonSchema")
                        ? function.path("parametersJsonSchema")
                        : function.path("parameters");
                tools.put(Json.text(function, "name", ""), schema);
            }
        }
        return tools;
    }

    private static ObjectNode text(String text) {
        return Json.object().put("text", text);
    }

    private static ObjectNode call(Chosen chosen) {
        ObjectNode part = Json.object().put("thoughtSignature", "c2lnbmVk");
        part.putObject("functionCall").put("name", chosen.name()).set("args", chosen.input());
        return part;
    }

    private static ObjectNode chunk(ObjectNode part, boolean last) {
        ObjectNode chunk = Json.object();
        ObjectNode candidate = chunk.putArray("candidates").addObject().put("index", 0);
        candidate.putObject("content").put("role", "model").putArray("parts").add(part);
        if (last) {
            candidate.put("finishReason", "STOP");
            chunk.putObject("usageMetadata")
                    .put("promptTokenCount", 100)
                    .put("candidatesTokenCount", 20)
                    .put("totalTokenCount", 120);
        }
        return chunk;
    }

    private static void send(OutputStream out, ObjectNode chunk) throws IOException {
        out.write(("data: " + chunk + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
