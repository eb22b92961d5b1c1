package dev.sesame.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Failure;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventBody.Thinking;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one place where events become JSON and back: the stored form (the fields of the kind) and the form of the API
/// reference, which is `seq`, `kind`, `timestamp` and then those fields. Safe from any thread.
public final class EventJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EventJson() {}

    /// The reference's name of the kind.
    public static String kind(EventBody body) {
        return switch (body) {
            case Message _ -> "message";
            case Thinking _ -> "thinking";
            case ToolUse _ -> "tool_call";
            case ToolResult _ -> "tool_result";
            case PermissionRequest _ -> "permission_request";
            case PermissionResponse _ -> "permission_response";
            case Status _ -> "status";
            case Failure _ -> "error";
            case Log _ -> "log";
            case Done _ -> "done";
        };
    }

    /// The event as the API shows it, a message without its `fullText`.
    public static String wire(UniversalEvent event) {
        return wire(event, null);
    }

    /// The event as the API shows it.
    ///
    /// @param fullText the message so far; only for a message
    public static String wire(UniversalEvent event, @Nullable String fullText) {
        ObjectNode fields = fields(event.body());
        fields.remove("last"); // ours: in the stream a message's end shows by what follows
        if (fullText != null) {
            fields.put("fullText", fullText);
        }
        return wire(event.seq(), kind(event.body()), event.timestamp(), write(fields));
    }

    /// As above from the stored form, for kinds whose stored form is what is shown (all but messages).
    static String wire(long seq, String kind, Instant timestamp, String stored) {
        StringBuilder json = new StringBuilder(stored.length() + 96);
        json.append("{\"seq\":").append(seq).append(",\"kind\":\"").append(kind);
        json.append("\",\"timestamp\":\"");
        MILLIS.formatTo(timestamp, json);
        return json.append("\",").append(stored, 1, stored.length()).toString();
    }

    /// The stored form.
    static String stored(EventBody body) {
        return write(fields(body));
    }

    /// The body of a stored event.
    static EventBody parse(String kind, String stored) {
        try {
            return body(kind, MAPPER.readTree(stored));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored event of kind " + kind + " is no JSON", e);
        }
    }

    private static ObjectNode fields(EventBody body) {
        ObjectNode to = MAPPER.createObjectNode();
        switch (body) {
            case Message m -> {
                to.put("textDelta", m.textDelta()).put("messageId", m.messageId());
                if (m.last()) {
                    to.put("last", true);
                }
            }
            case Thinking t -> to.put("thinkingText", t.thinkingText()).put("messageId", t.messageId());
            case ToolUse u -> to.set("toolCall", toolCall(u.toolCall()));
            case ToolResult r -> result(to, r);
            case PermissionRequest p -> request(to.putObject("permissionRequest"), p);
            case PermissionResponse p -> response(to.putObject("permissionResponse"), p);
            case Status s -> {
                to.put("status", s.status()).put("progress", s.progress());
                putIfPresent(to, "phase", s.phase());
            }
            case Failure f ->
                to.put("errorCode", f.errorCode())
                        .put("errorMessage", f.errorMessage())
                        .put("retryable", f.retryable());
            case Log l -> to.put("logType", lower(l.logType())).put("logMessage", l.logMessage());
            case Done d -> to.put("status", d.status());
        }
        return to;
    }

    private static ObjectNode toolCall(ToolCall call) {
        ObjectNode to = MAPPER.createObjectNode();
        to.put("callId", call.callId()).put("name", call.name()).set("input", call.input());
        to.put("state", lower(call.state())).put("description", call.description());
        to.put("createdAt", millis(call.createdAt()));
        to.put("startedAt", millis(call.startedAt()));
        to.put("completedAt", millis(call.completedAt()));
        return to;
    }

    private static void result(ObjectNode to, ToolResult r) {
        ObjectNode result = to.putObject("toolResult");
        result.put("callId", r.callId()).put("name", r.name()).put("output", r.output());
        result.put("isError", r.isError());
        if (r.exitCode() != null) {
            result.put("exitCode", r.exitCode());
        }
        result.put("truncated", r.truncated());
        to.set("toolCall", toolCall(r.toolCall()));
    }

    private static void request(ObjectNode to, PermissionRequest p) {
        to.put("requestId", p.requestId());
        putIfPresent(to, "callId", p.callId());
        to.put("toolName", p.toolName()).set("input", p.input());
        putIfPresent(to, "title", p.title());
        if (p.expiresAt() != null) {
            to.put("expiresAt", MILLIS.format(p.expiresAt()));
        }
    }

    private static void response(ObjectNode to, PermissionResponse p) {
        to.put("requestId", p.requestId()).put("decision", lower(p.decision())).put("decidedBy", p.decidedBy());
        putIfPresent(to, "message", p.message());
    }

    private static EventBody body(String kind, JsonNode from) {
        return switch (kind) {
            case "message" ->
                new Message(
                        text(from, "messageId"),
                        text(from, "textDelta"),
                        from.path("last").asBoolean());
            case "thinking" -> new Thinking(text(from, "messageId"), text(from, "thinkingText"));
            case "tool_call" -> new ToolUse(toolCall(from.path("toolCall")));
            case "tool_result" -> result(from.path("toolResult"), toolCall(from.path("toolCall")));
            case "permission_request" -> request(from.path("permissionRequest"));
            case "permission_response" -> response(from.path("permissionResponse"));
            case "status" ->
                new Status(text(from, "status"), from.path("progress").asInt(), optional(from, "phase"));
            case "error" ->
                new Failure(
                        text(from, "errorCode"),
                        text(from, "errorMessage"),
                        from.path("retryable").asBoolean());
            case "log" -> new Log(LogType.valueOf(upper(from, "logType")), text(from, "logMessage"));
            case "done" -> new Done(text(from, "status"));
            default -> throw new IllegalStateException("Unknown kind of event " + kind);
        };
    }

    private static ToolCall toolCall(JsonNode from) {
        return new ToolCall(
                text(from, "callId"),
                text(from, "name"),
                from.path("input"),
                ToolState.valueOf(upper(from, "state")),
                optional(from, "description"),
                instant(from, "createdAt"),
                instant(from, "startedAt"),
                instant(from, "completedAt"));
    }

    private static ToolResult result(JsonNode from, ToolCall call) {
        return new ToolResult(
                text(from, "callId"),
                text(from, "name"),
                text(from, "output"),
                from.path("isError").asBoolean(),
                from.hasNonNull("exitCode") ? from.path("exitCode").asInt() : null,
                from.path("truncated").asBoolean(),
                call);
    }

    private static PermissionRequest request(JsonNode from) {
        String expires = optional(from, "expiresAt");
        return new PermissionRequest(
                text(from, "requestId"),
                optional(from, "callId"),
                text(from, "toolName"),
                from.path("input"),
                optional(from, "title"),
                expires == null ? null : Instant.parse(expires));
    }

    private static PermissionResponse response(JsonNode from) {
        return new PermissionResponse(
                text(from, "requestId"),
                Decision.valueOf(upper(from, "decision")),
                text(from, "decidedBy"),
                optional(from, "message"));
    }

    private static String write(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON could not be written", e);
        }
    }

    private static void putIfPresent(ObjectNode to, String name, @Nullable String value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private static String text(JsonNode from, String name) {
        return from.path(name).asText();
    }

    private static @Nullable String optional(JsonNode from, String name) {
        return from.hasNonNull(name) ? from.path(name).asText() : null;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode from, String name) {
        return text(from, name).toUpperCase(Locale.ROOT);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private static @Nullable Instant instant(JsonNode from, String name) {
        return from.hasNonNull(name) ? Instant.ofEpochMilli(from.path(name).asLong()) : null;
    }
}
