package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.acp.Asides.Notice;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenMessage;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Thinking;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the agent says and thinks, which comes in chunks. Few agents number their messages: one also ends where
/// anything else comes between.
final class Speech {
    private static final Pattern RETRY = Pattern.compile("(?i)\\bretry");

    private final int attempt;
    private final Asides asides;
    private @Nullable OpenMessage message;
    private @Nullable String messageId;
    private @Nullable String thoughtId;
    private String notice = "";

    Speech(int attempt, Asides asides) {
        this.attempt = attempt;
        this.asides = asides;
    }

    void message(long offset, JsonNode update, Outputs out) {
        String chunk = text(update.path("content"));
        Notice told = asides.notice(chunk);
        if (told != null) {
            note(told, out);
        } else if (!chunk.isEmpty() && !asides.isNoise(chunk)) {
            say(offset, update, chunk, out);
        }
    }

    private void say(long offset, JsonNode update, String chunk, Outputs out) {
        thoughtId = null;
        String id = Json.text(update, "messageId");
        OpenMessage open = message;
        if (open == null || !Objects.equals(id, messageId)) {
            pause(out);
            messageId = id;
            open = new OpenMessage(id(offset));
            message = open;
        }
        open.add(chunk, out);
    }

    private void note(Notice told, Outputs out) {
        notice = told.text();
        LogType type = switch (told.kind()) {
            case "Error" -> LogType.ERROR;
            case "Warning" -> LogType.WARNING;
            default -> RETRY.matcher(notice).find() ? LogType.WARNING : LogType.INFO;
        };
        out.log(type, notice);
    }

    void thought(long offset, JsonNode update, Outputs out) {
        String chunk = text(update.path("content"));
        if (chunk.isEmpty()) {
            return;
        }
        String id = thoughtId;
        if (id == null) {
            pause(out);
            id = id(offset);
            thoughtId = id;
        }
        out.event(new Thinking(id, chunk));
    }

    /// Something else comes: what was being said is complete.
    void pause(Outputs out) {
        thoughtId = null;
        OpenMessage open = message;
        if (open != null) {
            message = null;
            open.end(out);
        }
    }

    /// The program's last notice; empty if there was none.
    String notice() {
        return notice;
    }

    private static String text(JsonNode content) {
        String type = Json.text(content, "type", "text");
        return Json.text(content, "text", type.equals("text") ? "" : "[" + type + "]");
    }

    private String id(long offset) {
        return attempt + "." + offset;
    }
}
