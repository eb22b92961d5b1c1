package dev.sesame.event;

import static dev.sesame.db.generated.Tables.EVENT;
import static dev.sesame.db.generated.Tables.EVENT_LOG;
import static org.jooq.impl.DSL.min;

import dev.sesame.db.Database;
import dev.sesame.db.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The event logs of all tasks: one append-only sequence per task, written by the task's owner, read by anybody.
///
/// **Appending.** `seq` is assigned in the transaction that stores the event and nowhere else. An append names
/// the epoch under which its caller claimed the task and fails once somebody else has claimed it. It redacts,
/// cuts and stamps the bodies, stores them together with whatever `also` adds, and returns when that is durable;
/// then the readers are woken. Appends to one task run one after the other, in the order of their calls;
/// different tasks share transactions but not failures.
///
/// **Reading.** A cursor is a place in a log; [#cursor] opens one. Readers cost memory for their place only, and
/// never delay a writer.
///
/// All methods are safe from any thread, and block on the database where not said otherwise.
public final class EventLog {
    private static final String CHANNEL = "events";

    private final Database database;
    private final Clock clock;
    private final Feeds feeds = new Feeds();
    private final String self = Ids.next("log");

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        database.listen(CHANNEL, this::heard);
    }

    /// Begins the log of a new task, which must be stored already. Within the caller's write.
    public void create(DSLContext tx, String taskId) {
        tx.insertInto(EVENT_LOG, EVENT_LOG.TASK_ID, EVENT_LOG.NEXT_SEQ, EVENT_LOG.EPOCH)
                .values(taskId, 0L, 0L)
                .execute();
    }

    /// Claims the task for the caller: returns the epoch to append under, and ends all earlier ones. Within the
    /// caller's write.
    public long take(DSLContext tx, String taskId) {
        Long epoch = tx.update(EVENT_LOG)
                .set(EVENT_LOG.EPOCH, EVENT_LOG.EPOCH.plus(1L))
                .where(EVENT_LOG.TASK_ID.eq(taskId))
                .returningResult(EVENT_LOG.EPOCH)
                .fetchOne(EVENT_LOG.EPOCH);
        if (epoch == null) {
            throw new IllegalArgumentException("No log of " + taskId);
        }
        return epoch;
    }

    /// Stores what happened, in order, and returns it as it was stored: possibly more than was given, since a
    /// [EventBody.Done] closes the tool calls that are still open. Bodies may be empty; then only `also` runs.
    /// A `Done` also ends the epoch: whatever else its caller had under way, nothing comes after it.
    ///
    /// @param redactor knows the secrets that may not be stored
    /// @param also runs in the same transaction, possibly more than once; what it throws undoes everything and is
    ///     thrown
    /// @throws LostOwnership if the epoch is over
    /// @throws dev.sesame.db.DatabaseUnavailable if it can't be stored now; the same call may be made again
    public List<UniversalEvent> append(
            String taskId, long epoch, List<EventBody> bodies, Redactor redactor, Also also) {
        TaskFeed feed = feeds.hold(taskId);
        Appended appended;
        feed.appending.lock();
        try {
            LogState state = state(feed, taskId, epoch);
            appended = append(feed, state, taskId, bodies, redactor, also);
        } finally {
            feed.appending.unlock();
            feeds.release(taskId);
        }
        feed.signal();
        return appended.events;
    }

    /// A reader's place in a task's log, just behind the event with seq `after`; -1 for the beginning. Does not
    /// block. The caller closes it.
    public EventCursor cursor(String taskId, long after, FullText fullText) {
        return new EventCursor(database, feeds, taskId, after, fullText);
    }

    /// At most `limit` events after a seq, in order.
    public List<UniversalEvent> page(String taskId, long after, int limit) {
        return database.read(tx -> {
            List<UniversalEvent> page = new ArrayList<>();
            if (limit > 0) {
                EventTable.scan(tx, taskId, after, stored -> {
                    page.add(stored.event());
                    return page.size() < limit;
                });
            }
            return page;
        });
    }

    /// The messages that the agent completed, over all attempts, in the order of their ends.
    public List<CompletedMessage> messages(String taskId) {
        Map<Long, StringBuilder> texts = new HashMap<>();
        List<CompletedMessage> messages = new ArrayList<>();
        database.read(tx -> {
            EventTable.scanMessages(tx, taskId, 0, Long.MAX_VALUE, stored -> {
                StringBuilder text = texts.computeIfAbsent(stored.messageStart(), _ -> new StringBuilder());
                text.append(stored.delta());
                if (stored.isLast()) {
                    texts.remove(stored.messageStart());
                    messages.add(new CompletedMessage(
                            stored.seq(), Instant.ofEpochMilli(stored.createdAt()), text.toString()));
                }
                return true;
            });
            return true;
        });
        return messages;
    }

    /// The seq that the next event of the task will have; 0 if there is no such log.
    public long nextSeq(String taskId) {
        Long next = database.read(tx -> tx.select(EVENT_LOG.NEXT_SEQ)
                .from(EVENT_LOG)
                .where(EVENT_LOG.TASK_ID.eq(taskId))
                .fetchOne(EVENT_LOG.NEXT_SEQ));
        return next == null ? 0 : next;
    }

    /// Deletes the oldest events of a task, at most so many that a write of it stays short. Returns how many; to be
    /// repeated until that is 0. Within the caller's write.
    public int delete(DSLContext tx, String taskId, int maxRows) {
        Long oldest = tx.select(min(EVENT.SEQ))
                .from(EVENT)
                .where(EVENT.TASK_ID.eq(taskId))
                .fetchOne(min(EVENT.SEQ));
        return oldest == null
                ? 0
                : tx.deleteFrom(EVENT)
                        .where(EVENT.TASK_ID.eq(taskId))
                        .and(EVENT.SEQ.lt(oldest + maxRows))
                        .execute();
    }

    private Appended append(
            TaskFeed feed, LogState state, String taskId, List<EventBody> bodies, Redactor redactor, Also also) {
        List<LogState.Draft> drafts = state.draft(bodies, redactor, clock.millis());
        Appended appended = database.write(tx -> {
            long end = EventTable.extend(tx, taskId, state.epoch(), drafts.size());
            if (end < 0) {
                throw new LostOwnership(taskId, state.epoch());
            }
            Appended placed = Appended.of(drafts, state.place(drafts, end - drafts.size()));
            if (!drafts.isEmpty()) {
                EventTable.insert(
                        tx,
                        taskId,
                        placed.stored,
                        drafts.stream().map(LogState.Draft::json).toList());
                database.announce(tx, CHANNEL, taskId + " " + end + " " + self);
            }
            also.run(tx, placed.events);
            if (placed.endsAttempt()) {
                take(tx, taskId);
            }
            return placed;
        });
        state.stored(drafts, appended.stored);
        feed.add(appended.stored);
        keep(feed, taskId, appended.endsAttempt() ? null : state);
        return appended;
    }

    /// Takes the state out of the feed; it is put back when the append has succeeded.
    private LogState state(TaskFeed feed, String taskId, long epoch) {
        LogState known = feed.state;
        keep(feed, taskId, null);
        return known != null && known.epoch() == epoch
                ? known
                : database.read(tx -> LogState.read(tx, taskId, epoch, feed::recall));
    }

    /// A feed with an attempt under way is held by it.
    private void keep(TaskFeed feed, String taskId, @Nullable LogState state) {
        if (feed.state == null && state != null) {
            feeds.hold(taskId);
        } else if (feed.state != null && state == null) {
            feeds.release(taskId);
        }
        feed.state = state;
    }

    /// Another server, or another log on this database, appended.
    private void heard(String name) {
        if (name.isEmpty()) {
            feeds.all().forEach(feed -> {
                feed.mayHaveGrown();
                feed.signal();
            });
            return;
        }
        String[] parts = name.split(" ", -1);
        TaskFeed feed = feeds.find(parts[0]);
        if (feed != null && !parts[2].equals(self)) {
            feed.reaches(Long.parseLong(parts[1]));
            feed.signal();
        }
    }

    /// What the caller stores in the transaction of an append. May run more than once.
    @FunctionalInterface
    public interface Also {
        /// @param stored the events of this append, with seq and times
        void run(DSLContext tx, List<UniversalEvent> stored);
    }

    /// A message that the agent completed.
    ///
    /// @param seq of its last event
    public record CompletedMessage(long seq, Instant timestamp, String text) {}

    private record Appended(List<StoredEvent> stored, List<UniversalEvent> events) {
        static Appended of(List<LogState.Draft> drafts, List<StoredEvent> stored) {
            List<UniversalEvent> events = new ArrayList<>(stored.size());
            for (int i = 0; i < stored.size(); i++) {
                StoredEvent event = stored.get(i);
                events.add(new UniversalEvent(
                        event.seq(),
                        Instant.ofEpochMilli(event.createdAt()),
                        drafts.get(i).body(),
                        event.messageStart()));
            }
            return new Appended(stored, List.copyOf(events));
        }

        boolean endsAttempt() {
            return !stored.isEmpty() && stored.getLast().isDone();
        }
    }
}
