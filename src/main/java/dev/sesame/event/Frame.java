package dev.sesame.event;

import java.nio.charset.StandardCharsets;

/// One event as server-sent event, in both forms that a stream can ask for. Made once and shared by all readers; nobody
/// may
/// change the bytes.
///
/// @param each with `fullText` in every event of a message
/// @param last with `fullText` in a message's last event only; the same array where that makes no difference
/// @param done whether it ends an attempt
record Frame(long seq, byte[] each, byte[] last, boolean done) {

    /// @param texts the messages so far, this event not yet included
    static Frame of(StoredEvent stored, MessageTexts texts) {
        if (!stored.message()) {
            String json = EventJson.wire(
                    stored.seq(), stored.kind(), java.time.Instant.ofEpochMilli(stored.createdAt()), stored.body());
            byte[] bytes = bytes(stored.seq(), json);
            return new Frame(stored.seq(), bytes, bytes, stored.kind().equals("done"));
        }
        UniversalEvent event = stored.event();
        EventBody.Message message = (EventBody.Message) event.body();
        byte[] each = bytes(stored.seq(), EventJson.wire(event, texts.append(message)));
        byte[] last = message.last() ? each : bytes(stored.seq(), EventJson.wire(event));
        return new Frame(stored.seq(), each, last, false);
    }

    byte[] bytes(FullText mode) {
        return mode == FullText.EACH ? each : last;
    }

    private static byte[] bytes(long seq, String json) {
        return ("id: " + seq + "\nevent: event\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
