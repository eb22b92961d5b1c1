package dev.sesame.event;

import dev.sesame.db.Database;
import java.util.ArrayList;
import java.util.List;

/// A reader's place in a task's log. First connect, reconnect and falling behind are the same thing: frames come from
/// memory where they are, and from the database where not. Holds a place, never a queue.
///
/// [#poll] never blocks and may be called on an event loop; when the batch says so, call [#load] on another thread. One
/// thread at a time; only the growth listener is called from others.
public final class EventCursor implements AutoCloseable {

    private static final int PAGE = 1_000;

    private final EventLog log;
    private final Database database;
    private final String taskId;
    private final FullText mode;
    private final Feed feed;
    private final MessageTexts texts = new MessageTexts();
    private volatile boolean inDatabase = true; // until the first look
    private volatile Runnable growth = () -> {};
    private long position;

    EventCursor(EventLog log, Database database, String taskId, long after, FullText mode, Feed feed) {
        this.log = log;
        this.database = database;
        this.taskId = taskId;
        this.position = after;
        this.mode = mode;
        this.feed = feed;
    }

    /// The next frames.
    ///
    /// @param frames server-sent events, to be written as they are, in order; shared, must not be changed
    /// @param done whether the last of them ends an attempt
    /// @param inDatabase whether more is there that [#load] would find
    public record Batch(List<byte[]> frames, boolean done, boolean inDatabase) {}

    /// Calls the listener after the log grew, from any thread; it must not block. Also spuriously.
    public void onGrowth(Runnable listener) {
        growth = listener;
    }

    /// The seq of the last event handed out; -1 before the first.
    public long position() {
        return position;
    }

    /// What is in memory, roughly so many bytes. Empty: caught up, or the batch says to load.
    public Batch poll(int maxBytes) {
        if (inDatabase) {
            return new Batch(List.of(), false, true);
        }
        Feed.Part part = feed.after(position, maxBytes, mode);
        texts.clear(); // the database path begins anew when it is needed again
        inDatabase = part.inDatabase();
        return batch(part.frames());
    }

    /// What the database has next, roughly so many bytes. Blocks.
    public Batch load(int maxBytes) {
        inDatabase = false; // before the look: what is appended from here on tells itself
        List<StoredEvent> page = database.read(tx -> EventTable.after(tx, taskId, position, PAGE));
        List<Frame> frames = new ArrayList<>();
        int bytes = 0;
        for (StoredEvent stored : page) {
            if (bytes >= maxBytes) {
                break;
            }
            Frame frame = frame(stored);
            frames.add(frame);
            bytes += frame.bytes(mode).length;
        }
        if (frames.size() < page.size() || page.size() == PAGE) {
            inDatabase = true;
        }
        return batch(frames);
    }

    @Override
    public void close() {
        growth = () -> {};
        log.close(taskId, this, feed);
    }

    void lookInDatabase() {
        inDatabase = true;
    }

    void wake() {
        growth.run();
    }

    private Frame frame(StoredEvent stored) {
        if (stored.message() && stored.messageStart() < stored.seq()) {
            EventBody.Message message = (EventBody.Message) stored.event().body();
            if (!texts.knows(message.messageId())) {
                log.beginning(taskId, stored).forEach(texts::append);
            }
        }
        Frame frame = Frame.of(stored, texts);
        if (frame.done()) {
            texts.clear();
        }
        return frame;
    }

    private Batch batch(List<Frame> frames) {
        List<byte[]> bytes = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            bytes.add(frame.bytes(mode));
        }
        if (!frames.isEmpty()) {
            position = frames.getLast().seq();
        }
        return new Batch(bytes, !frames.isEmpty() && frames.getLast().done(), inDatabase);
    }
}
