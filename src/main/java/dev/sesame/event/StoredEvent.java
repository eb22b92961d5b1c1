package dev.sesame.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An event as the database has it, and from there to the wire without being parsed.
///
/// @param messageStart see [UniversalEvent]
/// @param body the text of [EventJson#encode] as UTF-8; not to be changed
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredEvent(long seq, String kind, long createdAt, long messageStart, byte[] body) {
    /// What follows is the delta, escaped.
    private static final int DELTA = "{\"textDelta\":\"".length();

    private static final byte[] LAST = ascii(",\"last\":true}");
    private static final byte[] FULL_TEXT = ascii(",\"fullText\":\"");
    private static final byte[] FRAME_ID = ascii("id: ");
    private static final byte[] FRAME_DATA = ascii("\nevent: event\ndata: ");
    private static final byte[] FRAME_END = ascii("\n\n");

    static StoredEvent of(UniversalEvent event) {
        return new StoredEvent(
                event.seq(),
                EventJson.kind(event.body()),
                event.timestamp().toEpochMilli(),
                event.messageStart(),
                EventJson.encode(event.body()).getBytes(StandardCharsets.UTF_8));
    }

    UniversalEvent event() {
        return new UniversalEvent(
                seq,
                Instant.ofEpochMilli(createdAt),
                EventJson.decode(kind, new String(body, StandardCharsets.UTF_8)),
                messageStart);
    }

    boolean isMessage() {
        return kind.equals(EventJson.MESSAGE);
    }

    boolean isDone() {
        return kind.equals(EventJson.DONE);
    }

    /// Of a message's last event.
    boolean isLast() {
        return isMessage() && endsWith(body, LAST);
    }

    /// A message's delta as JSON-escaped UTF-8 begins at this index of the body …
    static int deltaStart() {
        return DELTA;
    }

    /// … and ends before this one.
    int deltaEnd() {
        int i = DELTA;
        while (body[i] != '"') {
            i += body[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    /// A message's delta as text.
    String delta() {
        return EventJson.unquoted(new String(body, DELTA, deltaEnd() - DELTA, StandardCharsets.UTF_8));
    }

    /// The event in the API's JSON.
    ///
    /// @param full for a message its text so far; null leaves `fullText` out
    byte[] json(MessageTexts.@Nullable Text full) {
        Bytes out = new Bytes(capacity(full));
        json(out, full);
        return out.done();
    }

    /// The same as a frame of the stream.
    byte[] frame(MessageTexts.@Nullable Text full) {
        Bytes out = new Bytes(capacity(full) + 64);
        out.put(FRAME_ID).put(seq).put(FRAME_DATA);
        json(out, full);
        return out.put(FRAME_END).done();
    }

    private int capacity(MessageTexts.@Nullable Text full) {
        return body.length + 100 + (full == null ? 0 : full.length() + FULL_TEXT.length + 1);
    }

    private void json(Bytes out, MessageTexts.@Nullable Text full) {
        out.put("{\"seq\":").put(seq).put(",\"kind\":\"").put(kind).put("\",\"timestamp\":\"");
        out.timestamp(createdAt).put("\",");
        if (!isMessage()) {
            out.put(body, 1, body.length);
            return;
        }
        int afterDelta = deltaEnd() + 1;
        out.put(body, 1, afterDelta);
        if (full != null) {
            out.put(FULL_TEXT).put(full.bytes(), 0, full.length()).put("\"");
        }
        if (isLast()) {
            out.put(body, afterDelta, body.length - LAST.length).put("}");
        } else {
            out.put(body, afterDelta, body.length);
        }
    }

    private static boolean endsWith(byte[] text, byte[] end) {
        return text.length >= end.length
                && Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// An array that is filled from the left and as long as was reckoned, or a little longer.
    private static final class Bytes {
        private final byte[] bytes;
        private int length;

        Bytes(int capacity) {
            bytes = new byte[capacity];
        }

        Bytes put(byte[] source, int start, int end) {
            System.arraycopy(source, start, bytes, length, end - start);
            length += end - start;
            return this;
        }

        Bytes put(byte[] source) {
            return put(source, 0, source.length);
        }

        @SuppressWarnings("deprecation") // the fast way for ASCII
        Bytes put(String ascii) {
            ascii.getBytes(0, ascii.length(), bytes, length);
            length += ascii.length();
            return this;
        }

        Bytes put(long number) {
            return put(Long.toString(number));
        }

        Bytes timestamp(long epochMillis) {
            Timestamp.put(epochMillis, bytes, length);
            length += Timestamp.LENGTH;
            return this;
        }

        byte[] done() {
            return Arrays.copyOf(bytes, length);
        }
    }
}
