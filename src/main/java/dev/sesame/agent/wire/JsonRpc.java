package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/// One side of a JSON-RPC conversation over lines, as a fold: it numbers our requests and knows what an answer answers.
/// For one thread.
public final class JsonRpc {
    private static final int METHOD_NOT_FOUND = -32601;

    private final int attempt;
    private final boolean versioned;
    private final Map<String, String> methods = new HashMap<>();
    private int requests;

    /// @param attempt our ids are `<attempt>.<n>`
    /// @param versioned whether lines carry the `jsonrpc` member
    public JsonRpc(int attempt, boolean versioned) {
        this.attempt = attempt;
        this.versioned = versioned;
    }

    /// What the other side said.
    public sealed interface Heard {
        record Notification(String method, JsonNode params) implements Heard {}

        /// @param id to be given back with the answer
        record Request(JsonNode id, String method, JsonNode params) implements Heard {}

        /// @param method of our request
        record Result(String method, JsonNode result) implements Heard {}

        /// @param method of our request
        /// @param error whole, for its code and data
        record Failure(String method, String message, JsonNode error) implements Heard {}

        /// No JSON-RPC, or an answer to nothing we asked.
        record Other() implements Heard {}
    }

    public void request(String method, ObjectNode params, Outputs out) {
        requests++;
        String id = attempt + "." + requests;
        methods.put(id, method);
        ObjectNode line = line();
        line.put("id", id).put("method", method).set("params", params);
        out.send(line);
    }

    public void tell(String method, Outputs out) {
        out.send(line().put("method", method));
    }

    public void tell(String method, ObjectNode params, Outputs out) {
        ObjectNode line = line().put("method", method);
        line.set("params", params);
        out.send(line);
    }

    public void answer(JsonNode id, ObjectNode result, Outputs out) {
        ObjectNode line = line();
        line.set("id", id);
        line.set("result", result);
        out.send(line);
    }

    /// For requests that we do not know, so that the agent does not wait.
    public void refuse(JsonNode id, String why, Outputs out) {
        ObjectNode line = line();
        line.set("id", id);
        line.putObject("error").put("code", METHOD_NOT_FOUND).put("message", why);
        out.send(line);
    }

    public Heard hear(JsonNode line) {
        String method = Json.text(line, "method");
        boolean identified = line.hasNonNull("id");
        if (method != null) {
            JsonNode params = line.path("params");
            return identified
                    ? new Heard.Request(line.path("id"), method, params)
                    : new Heard.Notification(method, params);
        }
        String asked = identified ? methods.remove(line.path("id").asText()) : null;
        if (asked == null) {
            return new Heard.Other();
        }
        return line.has("error")
                ? new Heard.Failure(asked, Json.text(line.path("error"), "message", "no reason"), line.path("error"))
                : new Heard.Result(asked, line.path("result"));
    }

    private ObjectNode line() {
        ObjectNode line = Json.object();
        return versioned ? line.put("jsonrpc", "2.0") : line;
    }
}
