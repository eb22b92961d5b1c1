package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenMessage;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Thinking;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What a turn is made of: messages, reasoning and tool calls, each with a begin, pieces and an end.
final class Items {
    private final int attempt;
    private final OpenTools tools;
    private final Map<String, OpenMessage> messages = new HashMap<>();
    private final Map<String, Integer> reasonings = new HashMap<>();

    Items(int attempt, OpenTools tools) {
        this.attempt = attempt;
        this.tools = tools;
    }

    void started(long offset, JsonNode item, Outputs out) {
        String id = Json.text(item, "id", id(offset));
        switch (Json.text(item, "type", "")) {
            case "agentMessage" -> messages.put(id, new OpenMessage(id(offset)));
            case "reasoning" -> reasonings.put(id, 0);
            case "userMessage", "contextCompaction", "plan" -> {} // an echo, or of interest at its end only
            default -> {
                String tool = tool(item);
                if (tool != null) {
                    tools.running(id, tool, input(item), null, out);
                }
            }
        }
    }

    void messageDelta(long offset, JsonNode params, Outputs out) {
        String id = Json.text(params, "itemId", "");
        messages.computeIfAbsent(id, _ -> new OpenMessage(id(offset))).add(Json.text(params, "delta", ""), out);
    }

    void reasoningDelta(JsonNode params, Outputs out) {
        String text = Json.text(params, "delta", "");
        String id = Json.text(params, "itemId", "");
        if (!text.isEmpty()) {
            reasonings.merge(id, text.length(), Integer::sum);
            out.event(new Thinking(attempt + "." + id, text));
        }
    }

    /// A reasoning's parts are paragraphs.
    void reasoningPart(JsonNode params, Outputs out) {
        String id = Json.text(params, "itemId", "");
        if (reasonings.getOrDefault(id, 0) > 0) {
            out.event(new Thinking(attempt + "." + id, "\n\n"));
        }
    }

    void completed(long offset, JsonNode item, Outputs out) {
        String id = Json.text(item, "id", id(offset));
        switch (Json.text(item, "type", "")) {
            case "agentMessage" -> {
                OpenMessage open = messages.remove(id);
                String text = Json.text(item, "text", "");
                if (open != null) {
                    open.end(text, out);
                } else {
                    OpenMessage.whole(id(offset), text, out);
                }
            }
            case "reasoning" -> reasoned(id, item, out);
            case "userMessage" -> {} // an echo
            case "contextCompaction" -> out.log(LogType.INFO, "The conversation so far was summarised to save context");
            case "plan" -> out.log(LogType.INFO, Json.text(item, "text", ""));
            default -> {
                if (tool(item) == null) {
                    out.log(LogType.INFO, Json.write(item));
                } else {
                    toolCompleted(id, item, out);
                }
            }
        }
    }

    private void reasoned(String id, JsonNode item, Outputs out) {
        Integer said = reasonings.remove(id);
        String summary = lines(item.path("summary"), "\n\n");
        if ((said == null || said == 0) && !summary.isEmpty()) {
            out.event(new Thinking(attempt + "." + id, summary));
        }
    }

    private void toolCompleted(String id, JsonNode item, Outputs out) {
        Integer exitCode = item.path("exitCode").isInt() ? item.path("exitCode").asInt() : null;
        String status = Json.text(item, "status", "completed");
        boolean failed = !status.equals("completed") || (exitCode != null && exitCode != 0);
        String output = output(item);
        tools.result(id, output.isEmpty() && failed ? status : output, failed, exitCode, out);
    }

    private static String output(JsonNode item) {
        return switch (Json.text(item, "type", "")) {
            case "commandExecution" -> Json.text(item, "aggregatedOutput", "");
            case "fileChange" -> changes(item.path("changes"));
            default -> {
                JsonNode error = item.path("error");
                JsonNode content = item.path("result").path("content");
                yield error.isObject() ? Json.text(error, "message", Json.write(error)) : lines(content, "\n");
            }
        };
    }

    private static String changes(JsonNode changes) {
        StringJoiner lines = new StringJoiner("\n");
        for (JsonNode change : changes) {
            lines.add(Json.text(change.path("kind"), "type", "change") + " " + Json.text(change, "path", "?"));
        }
        return lines.toString();
    }

    /// Texts, or blocks that have one.
    private static String lines(JsonNode parts, String between) {
        StringJoiner lines = new StringJoiner(between);
        for (JsonNode part : parts) {
            lines.add(part.isTextual() ? part.asText() : Json.text(part, "text", Json.write(part)));
        }
        return lines.toString();
    }

    /// The tool's name; null if the item is no tool call.
    static @Nullable String tool(JsonNode item) {
        return switch (Json.text(item, "type", "")) {
            case "commandExecution" -> "shell";
            case "fileChange" -> "apply_patch";
            case "webSearch" -> "web_search";
            case "mcpToolCall" -> Json.text(item, "server", "mcp") + "." + Json.text(item, "tool", "unknown");
            case "dynamicToolCall" -> Json.text(item, "tool", "unknown");
            default -> null;
        };
    }

    private static JsonNode input(JsonNode item) {
        if (item.has("arguments")) {
            return item.path("arguments");
        }
        ObjectNode input = Json.object();
        for (String name : new String[] {"command", "cwd", "changes", "query"}) {
            if (item.hasNonNull(name)) {
                input.set(name, item.path(name));
            }
        }
        return input;
    }

    private String id(long offset) {
        return attempt + "." + offset;
    }
}
