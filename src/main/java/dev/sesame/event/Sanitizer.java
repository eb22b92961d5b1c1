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
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes a body fit to be stored: no known secret, no half surrogate pair, no tool output of more than 64 KiB. (NUL is
/// safe: the stored form is JSON, which escapes it.)
final class Sanitizer {

    static final int LONGEST_OUTPUT = 64 << 10;

    private final Redactor redactor;

    Sanitizer(Redactor redactor) {
        this.redactor = redactor;
    }

    EventBody clean(EventBody body) {
        return switch (body) {
            case Message m -> new Message(m.messageId(), text(m.textDelta()), m.last());
            case Thinking t -> new Thinking(t.messageId(), text(t.thinkingText()));
            case ToolUse u -> new ToolUse(call(u.toolCall()));
            case ToolResult r -> result(r);
            case PermissionRequest p ->
                new PermissionRequest(
                        p.requestId(),
                        p.callId(),
                        text(p.toolName()),
                        json(p.input()),
                        optional(p.title()),
                        p.expiresAt());
            case PermissionResponse p ->
                new PermissionResponse(p.requestId(), p.decision(), p.decidedBy(), optional(p.message()));
            case Failure f -> new Failure(f.errorCode(), cut(text(f.errorMessage())), f.retryable());
            case Log l -> new Log(l.logType(), cut(text(l.logMessage())));
            case Status _, Done _ -> body;
        };
    }

    private ToolResult result(ToolResult r) {
        String output = text(r.output());
        String kept = cut(output);
        boolean truncated = r.truncated() || kept.length() < output.length();
        return new ToolResult(
                r.callId(), text(r.name()), kept, r.isError(), r.exitCode(), truncated, call(r.toolCall()));
    }

    private ToolCall call(ToolCall c) {
        return new ToolCall(
                c.callId(),
                text(c.name()),
                json(c.input()),
                c.state(),
                optional(c.description()),
                c.createdAt(),
                c.startedAt(),
                c.completedAt());
    }

    private @Nullable String optional(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private String text(String text) {
        return redactor.redact(whole(text));
    }

    private JsonNode json(JsonNode node) {
        return switch (node) {
            case TextNode t -> TextNode.valueOf(text(t.textValue()));
            case ObjectNode o -> {
                ObjectNode clean = JsonNodeFactory.instance.objectNode();
                o.properties().forEach(field -> clean.set(text(field.getKey()), json(field.getValue())));
                yield clean;
            }
            case ArrayNode a -> {
                ArrayNode clean = JsonNodeFactory.instance.arrayNode(a.size());
                a.forEach(element -> clean.add(json(element)));
                yield clean;
            }
            default -> node;
        };
    }

    /// Half a surrogate pair has no form in UTF-8; it becomes U+FFFD.
    private static String whole(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                out = out == null ? new StringBuilder(text) : out;
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out == null ? text : out.toString();
    }

    /// At most 64 KiB of UTF-8, the middle left out, on code points.
    private static String cut(String text) {
        if (text.length() <= LONGEST_OUTPUT / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_OUTPUT) {
            return text;
        }
        String mark = "\n… [" + (bytes.length - LONGEST_OUTPUT) + " bytes left out] …\n";
        int room = (LONGEST_OUTPUT - mark.getBytes(StandardCharsets.UTF_8).length - 16) / 2;
        int head = room;
        while ((bytes[head] & 0xC0) == 0x80) {
            head--;
        }
        int tail = bytes.length - room;
        while ((bytes[tail] & 0xC0) == 0x80) {
            tail++;
        }
        return new String(bytes, 0, head, StandardCharsets.UTF_8)
                + mark
                + new String(bytes, tail, bytes.length - tail, StandardCharsets.UTF_8);
    }
}
