package dev.sesame.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The JSON of events; no other place knows it.
///
/// What is stored of a body is the object of the API reference without `seq`, `kind` and `timestamp`, so that an
/// event on the wire is the stored text with these three put in front. Only messages differ: `last` is stored but
/// not sent, `fullText` sent but not stored.
public final class EventJson {
    static final String DONE = "done";
    static final String MESSAGE = "message";

    private static final JsonMapper MAPPER = new JsonMapper();

    private EventJson() {}

    /// The event as the API shows it, a message without its `fullText`.
    public static String wire(UniversalEvent event) {
        return wire(event, null);
    }

    /// The event as the API shows it.
    ///
    /// @param fullText of a message, the text up to and with this event; null leaves the field out
    public static String wire(UniversalEvent event, @Nullable String fullText) {
        byte[] json = StoredEvent.of(event).json(fullText == null ? null : MessageTexts.Text.of(fullText));
        return new String(json, StandardCharsets.UTF_8);
    }

    /// The reference's name of the kind.
    public static String kind(EventBody body) {
        return switch (body) {
            case Message _ -> MESSAGE;
            case Thinking _ -> "thinking";
            case ToolUse _ -> "tool_call";
            case ToolResult _ -> "tool_result";
            case PermissionRequest _ -> "permission_request";
            case PermissionResponse _ -> "permission_response";
            case Status _ -> "status";
            case Failure _ -> "error";
            case Log _ -> "log";
            case Done _ -> DONE;
        };
    }

    /// The body as it is stored.
    static String encode(EventBody body) {
        JsonText json = new JsonText().open();
        switch (body) {
            // The delta comes first: StoredEvent finds it there.
            case Message m -> {
                json.field("textDelta", m.textDelta()).field("messageId", m.messageId());
                if (m.last()) {
                    json.field("last", true);
                }
            }
            case Thinking t -> json.field("thinkingText", t.thinkingText()).field("messageId", t.messageId());
            case ToolUse t -> call(json, t.toolCall());
            case ToolResult r -> {
                result(json, r);
                call(json, r.toolCall());
            }
            case PermissionRequest p -> request(json, p);
            case PermissionResponse p ->
                json.open("permissionResponse")
                        .field("requestId", p.requestId())
                        .field("decision", lower(p.decision()))
                        .field("decidedBy", p.decidedBy())
                        .optional("message", p.message())
                        .close();
            case Status s ->
                json.field("status", s.status()).field("progress", s.progress()).optional("phase", s.phase());
            case Failure f ->
                json.field("errorCode", f.errorCode())
                        .field("errorMessage", f.errorMessage())
                        .field("retryable", f.retryable());
            case Log l ->
                json.field("logType", lower(l.logType()))
                        .field("logMessage", l.logMessage())
                        .optional("followUpId", l.followUpId());
            case Done d -> json.field("status", d.status());
        }
        return json.close().toString();
    }

    private static void call(JsonText json, ToolCall c) {
        json.open("toolCall")
                .field("callId", c.callId())
                .field("name", c.name())
                .raw("input", c.input().toString())
                .field("state", lower(c.state()));
        String description = c.description();
        if (description == null) {
            json.raw("description", "null");
        } else {
            json.field("description", description);
        }
        json.raw("createdAt", millis(c.createdAt()))
                .raw("startedAt", millis(c.startedAt()))
                .raw("completedAt", millis(c.completedAt()))
                .close();
    }

    private static void result(JsonText json, ToolResult r) {
        json.open("toolResult")
                .field("callId", r.callId())
                .field("name", r.name())
                .field("output", r.output())
                .field("isError", r.isError());
        Integer exitCode = r.exitCode();
        if (exitCode != null) {
            json.field("exitCode", exitCode);
        }
        json.field("truncated", r.truncated()).close();
    }

    private static void request(JsonText json, PermissionRequest p) {
        json.open("permissionRequest")
                .field("requestId", p.requestId())
                .optional("callId", p.callId())
                .field("toolName", p.toolName())
                .raw("input", p.input().toString())
                .optional("title", p.title());
        Instant expiresAt = p.expiresAt();
        if (expiresAt != null) {
            json.field("expiresAt", Timestamp.format(expiresAt.toEpochMilli()));
        }
        json.close();
    }

    /// The inverse of [#encode].
    static EventBody decode(String kind, String stored) {
        JsonNode n = parse(stored);
        return switch (kind) {
            case MESSAGE ->
                new Message(
                        text(n, "messageId"),
                        text(n, "textDelta"),
                        n.path("last").asBoolean());
            case "thinking" -> new Thinking(text(n, "messageId"), text(n, "thinkingText"));
            case "tool_call" -> new ToolUse(call(n));
            case "tool_result" -> result(n.path("toolResult"), call(n));
            case "permission_request" -> request(n.path("permissionRequest"));
            case "permission_response" -> response(n.path("permissionResponse"));
            case "status" -> new Status(text(n, "status"), n.path("progress").asInt(), optional(n, "phase"));
            case "error" ->
                new Failure(
                        text(n, "errorCode"),
                        text(n, "errorMessage"),
                        n.path("retryable").asBoolean());
            case "log" ->
                new Log(LogType.valueOf(upper(n, "logType")), text(n, "logMessage"), optional(n, "followUpId"));
            case DONE -> new Done(text(n, "status"));
            default -> throw new IllegalStateException("An event of unknown kind " + kind);
        };
    }

    private static ToolCall call(JsonNode body) {
        JsonNode n = body.path("toolCall");
        return new ToolCall(
                text(n, "callId"),
                text(n, "name"),
                n.path("input"),
                ToolState.valueOf(upper(n, "state")),
                optional(n, "description"),
                instant(n, "createdAt"),
                instant(n, "startedAt"),
                instant(n, "completedAt"));
    }

    private static ToolResult result(JsonNode n, ToolCall call) {
        return new ToolResult(
                text(n, "callId"),
                text(n, "name"),
                text(n, "output"),
                n.path("isError").asBoolean(),
                n.has("exitCode") ? (Integer) n.path("exitCode").asInt() : null,
                n.path("truncated").asBoolean(),
                call);
    }

    private static PermissionRequest request(JsonNode n) {
        String expiresAt = optional(n, "expiresAt");
        return new PermissionRequest(
                text(n, "requestId"),
                optional(n, "callId"),
                text(n, "toolName"),
                n.path("input"),
                optional(n, "title"),
                expiresAt == null ? null : Instant.parse(expiresAt));
    }

    private static PermissionResponse response(JsonNode n) {
        return new PermissionResponse(
                text(n, "requestId"),
                Decision.valueOf(upper(n, "decision")),
                text(n, "decidedBy"),
                optional(n, "message"));
    }

    /// What a JSON string's inside says.
    static String unquoted(String escaped) {
        return escaped.indexOf('\\') < 0 ? escaped : parse('"' + escaped + '"').asText();
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored event is no JSON", e);
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }

    private static @Nullable Instant instant(JsonNode node, String field) {
        return node.hasNonNull(field) ? Instant.ofEpochMilli(node.path(field).asLong()) : null;
    }

    private static String millis(@Nullable Instant instant) {
        return instant == null ? "null" : Long.toString(instant.toEpochMilli());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode node, String field) {
        return text(node, field).toUpperCase(Locale.ROOT);
    }
}
