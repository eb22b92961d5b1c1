package dev.sesame.event;

import static dev.sesame.db.generated.Tables.EVENT;
import static dev.sesame.db.generated.Tables.EVENT_LOG;

import dev.sesame.db.Database;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Message;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;

/// The append-only logs of all tasks: the only writer, the only place where `seq` is assigned, and the source of
/// cursors.
///
/// A log has one appender at a time, who holds its epoch; readers are many. Appending blocks until the events are
/// durable
/// and everything that must be stored with them is, in one transaction. Safe from any thread.
public final class EventLog {

    private static final String CHANNEL = "events";

    private final Database database;
    private final Clock clock;
    private final Map<String, LogState> states = new ConcurrentHashMap<>();
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        database.listen(CHANNEL, this::grewElsewhere);
    }

    /// What else must be stored in the transaction of an append. May run more than once, so it has no effect outside
    /// the
    /// database.
    @FunctionalInterface
    public interface Also {
        void run(DSLContext tx, List<UniversalEvent> stored);
    }

    /// Makes an empty log.
    public void create(DSLContext tx, String taskId) {
        tx.insertInto(EVENT_LOG)
                .set(EVENT_LOG.TASK_ID, taskId)
                .set(EVENT_LOG.NEXT_SEQ, 0L)
                .set(EVENT_LOG.EPOCH, 0L)
                .execute();
    }

    /// Makes the caller the log's only appender and returns the epoch that says so.
    public long take(DSLContext tx, String taskId) {
        states.remove(taskId); // another server may have appended since
        return Objects.requireNonNull(tx.update(EVENT_LOG)
                        .set(EVENT_LOG.EPOCH, EVENT_LOG.EPOCH.plus(1))
                        .where(EVENT_LOG.TASK_ID.eq(taskId))
                        .returningResult(EVENT_LOG.EPOCH)
                        .fetchOne())
                .value1();
    }

    /// Stores the events, in order, and what `also` adds. No events is fine: then the epoch is checked and `also` runs.
    ///
    /// A [Done] closes first every tool call that is open.
    ///
    /// @throws LostOwnership if the epoch is not the log's; nothing is stored
    public List<UniversalEvent> append(
            String taskId, long epoch, List<EventBody> bodies, Redactor redactor, Also also) {
        Sanitizer sanitizer = new Sanitizer(redactor);
        List<EventBody> clean = bodies.stream().map(sanitizer::clean).toList();
        Appended appended;
        try {
            appended = database.write(tx -> {
                Appended result = store(tx, taskId, epoch, clean);
                also.run(tx, result.events);
                return result;
            });
        } catch (LostOwnership e) {
            states.remove(taskId);
            throw e;
        }
        if (appended.ended) {
            states.remove(taskId);
        } else {
            states.put(taskId, appended.state);
        }
        Feed feed = feeds.get(taskId);
        if (feed != null && !appended.rows.isEmpty()) {
            feed.add(appended.rows, event -> beginning(taskId, event));
        }
        return appended.events;
    }

    private record Appended(List<UniversalEvent> events, List<StoredEvent> rows, LogState state, boolean ended) {}

    private Appended store(DSLContext tx, String taskId, long epoch, List<EventBody> bodies) {
        LogState known = states.get(taskId);
        LogState state = known == null ? LogState.of(tx, taskId) : known.copy();
        boolean ends = bodies.stream().anyMatch(Done.class::isInstance);
        List<EventBody> all = ends ? withOpenCallsClosed(bodies, state) : bodies;
        long seq = EventTable.takeSeqs(tx, taskId, epoch, all.size()).orElseThrow(() -> new LostOwnership(taskId));
        Instant time = state.tick(clock.instant());
        List<UniversalEvent> events = new ArrayList<>(all.size());
        List<StoredEvent> rows = new ArrayList<>(all.size());
        for (EventBody body : all) {
            UniversalEvent event = state.place(seq++, time, body);
            events.add(event);
            rows.add(StoredEvent.of(event));
        }
        if (!rows.isEmpty()) {
            EventTable.insert(tx, taskId, rows);
            database.announce(tx, CHANNEL, taskId);
        }
        return new Appended(events, rows, state, ends);
    }

    private static List<EventBody> withOpenCallsClosed(List<EventBody> bodies, LogState state) {
        LogState ahead = state.copy();
        List<EventBody> all = new ArrayList<>();
        for (EventBody body : bodies) {
            if (body instanceof Done) {
                all.addAll(ahead.closing());
            }
            all.add(body);
            ahead.place(0, Instant.EPOCH, body);
        }
        return all;
    }

    /// A reader's place after an event; -1 for the beginning. Close it.
    public EventCursor cursor(String taskId, long after, FullText mode) {
        EventCursor[] opened = new EventCursor[1];
        feeds.compute(taskId, (id, known) -> {
            Feed feed = known == null ? new Feed() : known;
            opened[0] = new EventCursor(this, database, taskId, after, mode, feed);
            feed.join(opened[0]);
            return feed;
        });
        return opened[0];
    }

    void close(String taskId, EventCursor cursor, Feed feed) {
        feeds.computeIfPresent(taskId, (id, known) -> known == feed && feed.leave(cursor) ? null : known);
    }

    /// The deltas of a message that lie before one of its events. A reader that starts in the middle of a message needs
    /// them
    /// once.
    List<Message> beginning(String taskId, StoredEvent event) {
        String messageId = ((Message) event.event().body()).messageId();
        List<Message> deltas = new ArrayList<>();
        for (StoredEvent before :
                database.read(tx -> EventTable.landmarks(tx, taskId, event.messageStart(), event.seq()))) {
            if (before.event().body() instanceof Message message
                    && message.messageId().equals(messageId)) {
                deltas.add(message);
            }
        }
        return deltas;
    }

    /// The messages that an agent completed, over all attempts, each at its last event, with its whole text.
    public List<CompletedMessage> messages(String taskId) {
        MessageTexts texts = new MessageTexts();
        List<CompletedMessage> messages = new ArrayList<>();
        for (StoredEvent stored : database.read(tx -> EventTable.messages(tx, taskId))) {
            if (stored.event().body() instanceof Message message) {
                String text = texts.append(message);
                if (message.last()) {
                    messages.add(new CompletedMessage(stored.seq(), Instant.ofEpochMilli(stored.createdAt()), text));
                }
            }
        }
        return messages;
    }

    /// @param seq of the message's last event
    public record CompletedMessage(long seq, Instant timestamp, String text) {}

    /// Events after one, oldest first.
    public List<UniversalEvent> page(String taskId, long after, int limit) {
        return database.read(tx -> EventTable.after(tx, taskId, after, limit)).stream()
                .map(StoredEvent::event)
                .toList();
    }

    /// The number that the next event will have; 0 for a log that is not there.
    public long nextSeq(String taskId) {
        return database.read(tx -> tx.select(EVENT_LOG.NEXT_SEQ)
                .from(EVENT_LOG)
                .where(EVENT_LOG.TASK_ID.eq(taskId))
                .fetchOptional(EVENT_LOG.NEXT_SEQ)
                .orElse(0L));
    }

    /// Deletes some of the oldest events of a log that nobody appends to any more; returns how many.
    public int delete(DSLContext tx, String taskId, int most) {
        states.remove(taskId);
        Long upTo = tx.select(EVENT.SEQ)
                .from(EVENT)
                .where(EVENT.TASK_ID.eq(taskId))
                .orderBy(EVENT.SEQ)
                .limit(1)
                .offset(most - 1)
                .fetchOne(EVENT.SEQ);
        var all = EVENT.TASK_ID.eq(taskId);
        return tx.deleteFrom(EVENT)
                .where(upTo == null ? all : all.and(EVENT.SEQ.le(upTo)))
                .execute();
    }

    /// Every append is announced to all nodes; our own are in the feed already.
    private void grewElsewhere(String taskId) {
        if (taskId.isEmpty()) {
            feeds.values().forEach(Feed::grewElsewhere);
        } else if (!states.containsKey(taskId)) {
            Feed feed = feeds.get(taskId);
            if (feed != null) {
                feed.grewElsewhere();
            }
        }
    }
}
