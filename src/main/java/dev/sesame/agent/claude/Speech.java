package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import dev.sesame.agent.wire.OpenMessage;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Thinking;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the main agent says, from both forms in which it comes: piece by piece (`stream_event`) and then each
/// block once more as a whole (`assistant`). The pieces are forwarded, the whole completes them and stands in
/// where there were none. A block whose whole never comes was given up (the stream broke and the CLI began
/// anew): its message stays without an end, its tool call fails.
final class Speech {
    private final String attempt;
    private final OpenTools tools;
    private final Map<Integer, OpenMessage> texts = new LinkedHashMap<>();
    private final Map<Integer, OpenThought> thoughts = new LinkedHashMap<>();
    private @Nullable String apiMessage;

    /// Reasoning under way, and how much of it was forwarded.
    private static final class OpenThought {
        private final String id;
        private int said;

        OpenThought(String id) {
            this.id = id;
        }
    }

    Speech(int attempt, OpenTools tools) {
        this.attempt = Integer.toString(attempt);
        this.tools = tools;
    }

    void streamed(long offset, JsonNode event, Outputs out) {
        int index = event.path("index").asInt(-1);
        switch (Json.text(event, "type", "")) {
            case "message_start" -> {
                giveUp(out);
                apiMessage = Json.text(event.path("message"), "id");
            }
            case "content_block_start" -> begin(offset, index, event.path("content_block"), out);
            case "content_block_delta" -> more(index, event.path("delta"), out);
            default -> {} // content_block_stop, message_delta, message_stop, ping: the whole says the same
        }
    }

    private void begin(long offset, int index, JsonNode block, Outputs out) {
        switch (Json.text(block, "type", "")) {
            case "text" -> texts.put(index, new OpenMessage(id(offset, 0)));
            case "thinking" -> thoughts.put(index, new OpenThought(id(offset, 0)));
            case "tool_use" -> tools.pending(Json.text(block, "id", id(offset, 0)), name(block), out);
            default -> {} // its whole follows
        }
    }

    private void more(int index, JsonNode delta, Outputs out) {
        switch (Json.text(delta, "type", "")) {
            case "text_delta" -> {
                OpenMessage message = texts.get(index);
                if (message != null) {
                    message.add(Json.text(delta, "text", ""), out);
                }
            }
            case "thinking_delta" -> {
                OpenThought thought = thoughts.get(index);
                String text = Json.text(delta, "thinking", "");
                if (thought != null && !text.isEmpty()) {
                    thought.said += text.length();
                    out.event(new Thinking(thought.id, text));
                }
            }
            default -> {} // input_json_delta, signature_delta, citations_delta: the whole has it
        }
    }

    /// A block of text as a whole.
    ///
    /// @param apiMessage the message it belongs to, in the model API's words
    void text(String id, @Nullable String apiMessage, String text, Outputs out) {
        OpenMessage open = takeFirst(texts, apiMessage);
        if (open != null) {
            open.end(text, out);
        } else if (!text.isEmpty()) {
            OpenMessage.whole(id, text, out);
        }
    }

    void thinking(String id, @Nullable String apiMessage, String text, Outputs out) {
        OpenThought open = takeFirst(thoughts, apiMessage);
        int said = open == null ? 0 : Math.min(open.said, text.length());
        if (said < text.length()) {
            out.event(new Thinking(open == null ? id : open.id, text.substring(said)));
        }
    }

    /// Forgets the blocks whose whole did not come.
    void giveUp(Outputs out) {
        texts.clear();
        thoughts.clear();
        tools.closePending("The model's answer broke off before the call was complete", out);
    }

    /// An id that is the same whenever the line is read again, and unique in the task.
    String id(long offset, int index) {
        return index == 0 ? attempt + "." + offset : attempt + "." + offset + "." + index;
    }

    static String name(JsonNode block) {
        return Mcp.tool(Json.text(block, "name", "unknown"));
    }

    private <T> @Nullable T takeFirst(Map<Integer, T> open, @Nullable String apiMessage) {
        if (open.isEmpty() || (apiMessage != null && !apiMessage.equals(this.apiMessage))) {
            return null;
        }
        return open.remove(open.keySet().iterator().next());
    }
}
