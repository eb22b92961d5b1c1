package dev.sesame.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest events of a task, ready to be sent: at most 1,024 and 2 MiB. A frame is encoded when the first reader
/// wants it and shared by all. Not thread-safe.
final class Ring {
    private static final int MOST_EVENTS = 1_024;
    private static final int MOST_BYTES = 2 << 20;
    private static final int OVERHEAD = 150;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final MessageTexts texts = new MessageTexts();
    private long bytes;
    private long next;

    /// The seq after the newest event; 0 before there was one.
    long next() {
        return next;
    }

    boolean has(long seq) {
        return seq < next && seq >= next - entries.size();
    }

    /// Adds the log's next event. After a gap it starts anew.
    void add(StoredEvent event) {
        if (event.seq() != next) {
            clear();
            texts.clear();
        }
        next = event.seq() + 1;
        MessageTexts.Text text = event.isMessage() ? texts.add(event) : null;
        if (event.isMessage() && text == null) {
            // It can't be sent without what came before it, and so neither can what is older be of use.
            clear();
            return;
        }
        Entry entry = new Entry(event, text);
        entries.addLast(entry);
        bytes += entry.size;
        while (entries.size() > MOST_EVENTS || bytes > MOST_BYTES) {
            bytes -= entries.removeFirst().size;
        }
    }

    /// Takes in an event that was stored before this server began to append, for the text of its message.
    void recall(StoredEvent event) {
        if (event.seq() >= next) {
            clear();
            next = event.seq() + 1;
            if (event.isMessage()) {
                texts.add(event);
            }
        }
    }

    /// Adds the frames from a seq that it [#has] on, until they are of that size (but one at least). Returns the
    /// last event of them.
    StoredEvent copy(long from, FullText mode, int maxBytes, List<byte[]> target) {
        StoredEvent last = entries.getLast().event;
        long total = 0;
        long skip = from - (next - entries.size());
        for (Entry entry : entries) {
            if (skip-- > 0) {
                continue;
            }
            byte[] frame = frame(entry, mode);
            target.add(frame);
            last = entry.event;
            total += frame.length;
            if (total >= maxBytes) {
                break;
            }
        }
        return last;
    }

    private byte[] frame(Entry entry, FullText mode) {
        boolean each = mode == FullText.EACH && entry.event.isMessage();
        byte[] known = each ? entry.each : entry.frame;
        if (known != null) {
            return known;
        }
        byte[] frame = entry.event.frame(each || entry.event.isLast() ? entry.text : null);
        if (bytes + frame.length <= MOST_BYTES) {
            bytes += frame.length;
            entry.size += frame.length;
            if (each) {
                entry.each = frame;
            } else {
                entry.frame = frame;
            }
        }
        return frame;
    }

    private void clear() {
        entries.clear();
        bytes = 0;
    }

    private static final class Entry {
        private final StoredEvent event;
        private final MessageTexts.@Nullable Text text;
        private int size;
        private byte @Nullable [] frame;
        /// With the full text, where that makes a difference.
        private byte @Nullable [] each;

        Entry(StoredEvent event, MessageTexts.@Nullable Text text) {
            this.event = event;
            this.text = text;
            // The text is, on average over a message's events, twice what they add to it.
            size = OVERHEAD + event.body().length * (text == null ? 1 : 3);
        }
    }
}
