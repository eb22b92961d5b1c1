package dev.sesame.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// One answer of OpenAI's Responses API, as a stream of server-sent events.
final class ResponsesAnswer {
    private static final int TICKS = 600;
    private static final long TICK_NANOS = 100_000_000;

    private final JsonNode request;
    private final OutputStream out;
    private final ArrayNode items = Json.object().arrayNode();
    private int sequence;

    private ResponsesAnswer(JsonNode request, OutputStream out) {
        this.request = request;
        this.out = out;
    }

    static void write(HttpExchange exchange, JsonNode request, List<Step> turn) throws IOException {
        boolean breaks = turn.stream().anyMatch(Step.Drop.class::isInstance);
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        // A length that is never reached breaks the connection at the end.
        exchange.sendResponseHeaders(200, breaks ? 1 << 20 : 0);
        new ResponsesAnswer(request, exchange.getResponseBody()).turn(turn);
    }

    /// What the conversation in a request is, for the script.
    static List<Said> said(JsonNode request) {
        List<Said> said = new ArrayList<>();
        boolean results = false;
        for (JsonNode item : request.path("input")) {
            String type = Json.text(item, "type", "message");
            boolean result = type.endsWith("_output");
            if (result && !results) {
                said.add(new Said(null));
            }
            results = result;
            if (type.equals("message") && "user".equals(Json.text(item, "role"))) {
                for (JsonNode part : item.path("content")) {
                    said.add(new Said(Json.text(part, "text", "")));
                }
            }
        }
        return said;
    }

    static Map<String, JsonNode> tools(JsonNode request) {
        Map<String, JsonNode> tools = new LinkedHashMap<>();
        for (JsonNode tool : request.path("tools")) {
            tools.put(Json.text(tool, "name", Json.text(tool, "type", "")), tool.path("parameters"));
            for (JsonNode inside : tool.path("tools")) {
                tools.put(Json.text(inside, "name", ""), inside.path("parameters"));
            }
        }
        return tools;
    }

    private void turn(List<Step> turn) throws IOException {
        response("response.created", "in_progress");
        for (Step step : turn) {
            switch (step) {
                case Step.Think(String text) -> think(text);
                case Step.Say(String text) -> say(text);
                case Step.Call(var tool) -> call(ModelScript.choose(tool, tools(request), request));
                case Step.Tick(String text) -> tick(text);
                case Step.Drop() -> {
                    return;
                }
            }
        }
        response("response.completed", "completed");
    }

    private void think(String text) throws IOException {
        ObjectNode item = item("reasoning", "rs_");
        item.putArray("summary");
        added(item);
        ObjectNode part = about(item).put("summary_index", 0);
        part.putObject("part").put("type", "summary_text").put("text", "");
        send("response.reasoning_summary_part.added", part);
        for (String word : text.split("(?<= )")) {
            send(
                    "response.reasoning_summary_text.delta",
                    about(item).put("summary_index", 0).put("delta", word));
        }
        item.withArray("summary").addObject().put("type", "summary_text").put("text", text);
        done(item);
    }

    private void say(String text) throws IOException {
        ObjectNode item = item("message", "msg_").put("role", "assistant").put("status", "in_progress");
        item.putArray("content");
        added(item);
        for (String word : text.split("(?<= )")) {
            send(
                    "response.output_text.delta",
                    about(item).put("content_index", 0).put("delta", word));
        }
        item.put("status", "completed")
                .withArray("content")
                .addObject()
                .put("type", "output_text")
                .put("text", text);
        done(item);
    }

    private void tick(String text) throws IOException {
        ObjectNode item = item("message", "msg_").put("role", "assistant").put("status", "in_progress");
        item.putArray("content");
        added(item);
        for (int i = 0; i < TICKS && !Thread.currentThread().isInterrupted(); i++) {
            send(
                    "response.output_text.delta",
                    about(item).put("content_index", 0).put("delta", text));
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void call(Chosen chosen) throws IOException {
        ObjectNode item = item("function_call", "fc_")
                .put("call_id", id("call_"))
                .put("name", chosen.name())
                .put("arguments", chosen.input().toString())
                .put("status", "completed");
        for (JsonNode tool : request.path("tools")) {
            if (tool.path("tools").findValuesAsText("name").contains(chosen.name())) {
                item.put("namespace", Json.text(tool, "name"));
            }
        }
        added(item);
        done(item);
    }

    private void added(ObjectNode item) throws IOException {
        ObjectNode event = Json.object().put("output_index", items.size());
        event.set("item", item.deepCopy());
        send("response.output_item.added", event);
    }

    private void done(ObjectNode item) throws IOException {
        ObjectNode event = Json.object().put("output_index", items.size());
        event.set("item", item);
        send("response.output_item.done", event);
        items.add(item);
    }

    private void response(String type, String status) throws IOException {
        ObjectNode event = Json.object();
        ObjectNode response = event.putObject("response")
                .put("id", "resp_scripted")
                .put("object", "response")
                .put("status", status)
                .put("model", Json.text(request, "model"));
        response.set("output", items);
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", 100).putObject("input_tokens_details").put("cached_tokens", 40);
        usage.put("output_tokens", 20).putObject("output_tokens_details").put("reasoning_tokens", 5);
        usage.put("total_tokens", 120);
        send(type, event);
    }

    private ObjectNode about(ObjectNode item) {
        return Json.object().put("item_id", Json.text(item, "id")).put("output_index", items.size());
    }

    private static ObjectNode item(String type, String prefix) {
        return Json.object().put("type", type).put("id", id(prefix));
    }

    private void send(String type, ObjectNode event) throws IOException {
        event.put("type", type).put("sequence_number", sequence++);
        out.write(("event: " + type + "\ndata: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
