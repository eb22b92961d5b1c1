package dev.sesame.event;

import dev.sesame.event.EventBody.Message;
import java.util.HashMap;
import java.util.Map;

/// The texts of open messages, built up from their deltas. A message ends with its last event, or is given up when the
/// attempt ends. For one thread.
final class MessageTexts {

    private final Map<String, StringBuilder> texts = new HashMap<>();

    /// Adds a delta and returns the message so far.
    String append(Message message) {
        StringBuilder text = texts.computeIfAbsent(message.messageId(), id -> new StringBuilder());
        String soFar = text.append(message.textDelta()).toString();
        if (message.last()) {
            texts.remove(message.messageId());
        }
        return soFar;
    }

    boolean knows(String messageId) {
        return texts.containsKey(messageId);
    }

    void clear() {
        texts.clear();
    }
}
