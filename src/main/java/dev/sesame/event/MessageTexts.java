package dev.sesame.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text so far of the messages that are being written, as JSON-escaped UTF-8. Escaping works character by
/// character, so escaped deltas can be joined as they are.
///
/// Knows the few messages that were added to last; older ones are forgotten and must be read anew.
final class MessageTexts {
    private static final int REMEMBERED = 16;

    /// By the seq at which the message began.
    private final Map<Long, Text> open = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Text> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// Adds a message event's delta. Returns the text so far with it, or null if what came before isn't known.
    @Nullable
    Text add(StoredEvent message) {
        Text before = message.seq() == message.messageStart() ? Text.EMPTY : open.get(message.messageStart());
        if (before == null) {
            return null;
        }
        Text text = before.plus(message);
        if (message.isLast()) {
            open.remove(message.messageStart());
        } else {
            open.put(message.messageStart(), text);
        }
        return text;
    }

    void clear() {
        open.clear();
    }

    /// The first `length` bytes never change, so a text may be shared while a longer one grows in the same array.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] bytes, int length) {
        static final Text EMPTY = new Text(new byte[0], 0);

        static Text of(String text) {
            byte[] escaped = new JsonText().quoted(text).bytes();
            return new Text(escaped, escaped.length);
        }

        /// Only the newest text of a message may be continued.
        private Text plus(StoredEvent message) {
            int delta = message.deltaEnd() - StoredEvent.deltaStart();
            int longer = length + delta;
            int roomy = message.isLast() ? longer : Math.max(256, 2 * longer);
            byte[] target = longer <= bytes.length ? bytes : Arrays.copyOf(bytes, roomy);
            System.arraycopy(message.body(), StoredEvent.deltaStart(), target, length, delta);
            return new Text(target, longer);
        }
    }
}
