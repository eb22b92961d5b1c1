package dev.sesame.event;

import dev.sesame.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A reader's place in a task's log. First connect, reconnect, catching up and following live are the same: ask for
/// what comes next.
///
/// [#poll] looks at what is in memory and never blocks, so it may be called on an event loop. When its batch says
/// that there is more in the database, [#load] gets that, on a thread that may block. When a batch has no frames
/// and says no such thing, the reader has seen all there is, and the listener of [#onGrowth] will be called when
/// there is more.
///
/// The methods are called by one thread at a time; only [#close] may be called at any time from anywhere.
public final class EventCursor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventCursor.class.getName());

    private final Database database;
    private final Feeds feeds;
    private final TaskFeed feed;
    private final String taskId;
    private final FullText mode;
    private final MessageTexts texts = new MessageTexts();
    /// Whether the listener is to be called for the next growth; once is enough until the cursor has looked again.
    private final AtomicBoolean waiting = new AtomicBoolean();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Runnable listener;
    private long position;
    private int checked = -1;

    EventCursor(Database database, Feeds feeds, String taskId, long after, FullText mode) {
        this.database = database;
        this.feeds = feeds;
        this.taskId = taskId;
        this.mode = mode;
        position = after;
        feed = feeds.hold(taskId);
        feed.join(this);
    }

    /// The listener is called after the log has grown, on whatever thread made it grow, at most once between two
    /// polls: it must be quick and must not throw. Growth before the first poll is not reported.
    public void onGrowth(Runnable newListener) {
        listener = newListener;
    }

    /// The seq of the event that was given last; where it began if none was.
    public long position() {
        return position;
    }

    /// The next frames from memory, about that many bytes of them but one at least.
    public Batch poll(int maxBytes) {
        waiting.set(true);
        List<byte[]> frames = new ArrayList<>();
        TaskFeed.Look look = feed.look(position + 1, checked, mode, maxBytes, frames);
        checked = look.checked();
        if (look.last() != null) {
            texts.clear();
        }
        return batch(frames, look.last(), look.behind());
    }

    /// The next frames from the database, about that many bytes of them but one at least. Blocks.
    ///
    /// @throws dev.sesame.db.DatabaseUnavailable if it can't be read now; the cursor stays where it is
    public Batch load(int maxBytes) {
        int doubt = feed.doubt();
        Page page = new Page(maxBytes);
        try {
            database.read(tx -> {
                EventTable.scan(tx, taskId, position, event -> page.add(event, text(tx, event)));
                return true;
            });
        } catch (RuntimeException e) {
            texts.clear();
            throw e;
        }
        if (!page.full) {
            checked = doubt;
        }
        return batch(page.frames, page.last, page.full);
    }

    /// [#poll], and [#load] if need be. Blocks.
    public Batch next(int maxBytes) {
        Batch batch = poll(maxBytes);
        return batch.inDatabase() ? load(maxBytes) : batch;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener = null;
            feed.leave(this);
            feeds.release(taskId);
        }
    }

    void wake() {
        Runnable reader = listener;
        if (reader != null && waiting.compareAndSet(true, false)) {
            try {
                reader.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "A reader of " + taskId + " failed", e);
            }
        }
    }

    private Batch batch(List<byte[]> frames, @Nullable StoredEvent last, boolean inDatabase) {
        if (last != null) {
            position = last.seq();
        }
        return new Batch(frames, last != null && last.isDone(), inDatabase);
    }

    /// The text of the message so far; null for other events. A reader that begins in the middle of a message
    /// reads its beginning here, once.
    private MessageTexts.@Nullable Text text(DSLContext tx, StoredEvent event) {
        if (!event.isMessage()) {
            return null;
        }
        MessageTexts.Text text = texts.add(event);
        if (text == null) {
            EventTable.scanMessages(tx, taskId, event.messageStart(), event.seq(), earlier -> {
                if (earlier.messageStart() == event.messageStart()) {
                    texts.add(earlier);
                }
                return true;
            });
            text = texts.add(event);
        }
        return text;
    }

    /// @param frames whole SSE frames; shared, not to be changed
    /// @param done whether the last of them is a `done`
    /// @param inDatabase whether the database has more, or may have
    public record Batch(List<byte[]> frames, boolean done, boolean inDatabase) {}

    /// Frames being gathered.
    private final class Page {
        private final int maxBytes;
        private final List<byte[]> frames = new ArrayList<>();
        private long bytes;
        private boolean full;
        private @Nullable StoredEvent last;

        Page(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        boolean add(StoredEvent event, MessageTexts.@Nullable Text text) {
            byte[] frame = event.frame(mode == FullText.EACH || event.isLast() ? text : null);
            frames.add(frame);
            last = event;
            bytes += frame.length;
            full = bytes >= maxBytes;
            return !full;
        }
    }
}
