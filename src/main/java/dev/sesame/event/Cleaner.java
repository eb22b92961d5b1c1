package dev.sesame.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Failure;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventBody.Thinking;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolUse;
import org.jspecify.annotations.Nullable;

/// Makes bodies fit to be stored: no secret, no half of a surrogate pair, no output or log line above 64 KiB. The
/// cut comes after the redaction, which must see secrets whole.
///
/// A tool's input is never cut: who answers a permission request must see all of what he allows.
final class Cleaner {
    static final int LARGEST_TEXT = 64 << 10;

    private final Redactor redactor;

    Cleaner(Redactor redactor) {
        this.redactor = redactor;
    }

    EventBody clean(EventBody body) {
        return switch (body) {
            case Message m -> new Message(text(m.messageId()), text(m.textDelta()), m.last());
            case Thinking t -> new Thinking(text(t.messageId()), text(t.thinkingText()));
            case ToolUse t -> new ToolUse(call(t.toolCall()));
            case ToolResult r -> result(r);
            case PermissionRequest p ->
                new PermissionRequest(
                        text(p.requestId()),
                        optional(p.callId()),
                        text(p.toolName()),
                        json(p.input()),
                        optional(p.title()),
                        p.expiresAt());
            case PermissionResponse p ->
                new PermissionResponse(text(p.requestId()), p.decision(), p.decidedBy(), optional(p.message()));
            case Status s -> s;
            case Failure f -> new Failure(f.errorCode(), cut(text(f.errorMessage())), f.retryable());
            case Log l -> new Log(l.logType(), cut(text(l.logMessage())), l.followUpId());
            case Done d -> d;
        };
    }

    private ToolResult result(ToolResult r) {
        String output = text(r.output());
        String kept = cut(output);
        return new ToolResult(
                text(r.callId()),
                text(r.name()),
                kept,
                r.isError(),
                r.exitCode(),
                r.truncated() || kept.length() != output.length(),
                call(r.toolCall()));
    }

    private ToolCall call(ToolCall c) {
        return new ToolCall(
                text(c.callId()),
                text(c.name()),
                json(c.input()),
                c.state(),
                optional(c.description()),
                c.createdAt(),
                c.startedAt(),
                c.completedAt());
    }

    private String text(String text) {
        return redactor.redact(Utf8.wellFormed(text));
    }

    private @Nullable String optional(@Nullable String text) {
        return text == null ? null : text(text);
    }

    /// All strings in it, keys included, and numbers that are a secret.
    private JsonNode json(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> object(object);
            case ArrayNode array -> {
                ArrayNode clean = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> clean.add(json(element)));
                yield clean;
            }
            default -> {
                if (node.isTextual() || node.isNumber()) {
                    String was = node.asText();
                    String is = text(was);
                    yield is.equals(was) ? node : TextNode.valueOf(is);
                }
                yield node;
            }
        };
    }

    private ObjectNode object(ObjectNode object) {
        ObjectNode clean = JsonNodeFactory.instance.objectNode();
        for (var property : object.properties()) {
            clean.set(text(property.getKey()), json(property.getValue()));
        }
        return clean;
    }

    /// Keeps the beginning and the end.
    private static String cut(String text) {
        if (text.length() <= LARGEST_TEXT / 3 || Utf8.length(text) <= LARGEST_TEXT) {
            return text;
        }
        String mark = "\n[… cut …]\n";
        int half = (LARGEST_TEXT - Utf8.length(mark)) / 2;
        return text.substring(0, Utf8.fit(text, 0, half)) + mark + text.substring(Utf8.fitBackwards(text, half));
    }
}
