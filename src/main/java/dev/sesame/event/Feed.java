package dev.sesame.event;

import dev.sesame.event.EventBody.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The newest events of one task as ready frames, while anyone reads it. A ring bounded in number and bytes: who is
/// farther
/// behind reads the database. Safe from any thread.
final class Feed {

    private static final int MOST_FRAMES = 1_024;
    private static final long MOST_BYTES = 4L << 20;

    private final Set<EventCursor> cursors = ConcurrentHashMap.newKeySet();
    private final Deque<Frame> ring = new ArrayDeque<>();
    private final MessageTexts texts = new MessageTexts();
    private long bytes;

    /// What a cursor gets from memory.
    ///
    /// @param inDatabase whether there is something after its position that only the database has
    record Part(List<Frame> frames, boolean inDatabase) {}

    /// New events, just committed, in order. By one thread, the log's appender.
    ///
    /// @param beginning reads the events of a message before this one; asked when the feed began in its middle
    void add(List<StoredEvent> events, Function<StoredEvent, List<Message>> beginning) {
        for (StoredEvent event : events) {
            List<Message> missing = lacksBeginning(event) ? beginning.apply(event) : List.of();
            push(event, missing);
        }
        wake();
    }

    private synchronized void push(StoredEvent stored, List<Message> missing) {
        if (!ring.isEmpty() && ring.getLast().seq() + 1 != stored.seq()) {
            ring.clear();
            bytes = 0;
        }
        missing.forEach(texts::append);
        Frame frame = Frame.of(stored, texts);
        ring.addLast(frame);
        bytes += size(frame);
        while (ring.size() > 1 && (ring.size() > MOST_FRAMES || bytes > MOST_BYTES)) {
            bytes -= size(ring.removeFirst());
        }
        if (frame.done()) {
            texts.clear();
        }
    }

    private synchronized boolean lacksBeginning(StoredEvent stored) {
        return stored.message()
                && stored.messageStart() < stored.seq()
                && !texts.knows(((Message) stored.event().body()).messageId());
    }

    /// Another server appended: what is in the ring may not be the newest any more.
    void grewElsewhere() {
        clear();
        for (EventCursor cursor : cursors) {
            cursor.lookInDatabase();
        }
        wake();
    }

    synchronized Part after(long seq, int maxBytes, FullText mode) {
        List<Frame> frames = new ArrayList<>();
        if (ring.isEmpty() || ring.getLast().seq() <= seq) {
            return new Part(frames, false);
        }
        if (ring.getFirst().seq() > seq + 1) {
            return new Part(frames, true);
        }
        int taken = 0;
        for (Frame frame : ring) {
            if (frame.seq() > seq && taken < maxBytes) {
                frames.add(frame);
                taken += frame.bytes(mode).length;
            }
        }
        return new Part(frames, false);
    }

    void join(EventCursor cursor) {
        cursors.add(cursor);
    }

    /// Whether nobody reads any more.
    boolean leave(EventCursor cursor) {
        cursors.remove(cursor);
        return cursors.isEmpty();
    }

    private void wake() {
        for (EventCursor cursor : cursors) {
            cursor.wake();
        }
    }

    private synchronized void clear() {
        ring.clear();
        bytes = 0;
        texts.clear();
    }

    private static long size(Frame frame) {
        return frame.each() == frame.last() ? frame.each().length : frame.each().length + frame.last().length;
    }
}
