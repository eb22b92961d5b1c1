package dev.sesame.event;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this server holds in memory of a task's log while somebody appends to it or reads it: the newest events and
/// who wants to know of more.
///
/// An event is visible here only after it is durable. All methods are quick and safe from any thread.
final class TaskFeed {
    /// Held while appending, over the write; guards [#state].
    final ReentrantLock appending = new ReentrantLock();

    /// What the appender has to remember of the running attempt; null if that must be read from the table.
    @Nullable
    LogState state;

    private final Set<EventCursor> cursors = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private final Ring ring = new Ring();
    /// The seq up to which the log is known to reach, exclusively.
    private long end;
    /// Grows when the log may have grown without our hearing of it. Who has looked since knows all there is.
    private int doubt;
    /// The doubt at the last append of our own: then we knew all there was.
    private int sure = -1;

    synchronized void recall(StoredEvent past) {
        ring.recall(past);
        end = Math.max(end, ring.next());
    }

    synchronized void add(List<StoredEvent> events) {
        events.forEach(ring::add);
        end = Math.max(end, ring.next());
        sure = doubt;
    }

    /// Somebody else appended.
    synchronized void reaches(long newEnd) {
        end = Math.max(end, newEnd);
    }

    synchronized void mayHaveGrown() {
        doubt++;
    }

    synchronized int doubt() {
        return doubt;
    }

    /// Gives a reader that has seen all before `from` what the ring has from there on.
    ///
    /// @param checked the doubt when the reader last found nothing more in the database
    synchronized Look look(long from, int checked, FullText mode, int maxBytes, List<byte[]> target) {
        if (ring.has(from)) {
            StoredEvent last = ring.copy(from, mode, maxBytes, target);
            return new Look(last, last.seq() + 1 == ring.next() ? Math.max(checked, sure) : checked, false);
        }
        int known = from == ring.next() ? Math.max(checked, sure) : checked;
        return new Look(null, known, from < end || known != doubt);
    }

    void join(EventCursor cursor) {
        cursors.add(cursor);
    }

    void leave(EventCursor cursor) {
        cursors.remove(cursor);
    }

    /// Wakes the readers. Not to be called with a lock held.
    void signal() {
        cursors.forEach(EventCursor::wake);
    }

    /// @param last the last event given, null if none
    /// @param checked to be passed to the next look
    /// @param behind whether the database has more, or may have
    record Look(@Nullable StoredEvent last, int checked, boolean behind) {}
}
