package dev.sesame.task;

import static dev.sesame.db.generated.Tables.IDEMPOTENCY_KEY;
import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_COUNT;
import static dev.sesame.db.generated.Tables.TASK_TOMBSTONE;
import static dev.sesame.db.generated.Tables.USERS;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tasks of all users, for admins, and what becomes of them when their owner goes. Safe from any thread; blocks.
public final class AllTasks {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Engine engine;
    private final TaskTable table;

    public AllTasks(Engine engine) {
        this.engine = engine;
        this.table = new TaskTable(engine.database());
    }

    record Owned(Task task, String ownerName, String ownerEmail) {}

    record Page(List<Owned> tasks, long total) {}

    /// How many there are of each state that is not over, on all nodes.
    public record Load(long pending, long processing) {}

    public Load load() {
        return engine.database()
                .read(tx -> new Load(count(tx, TaskStatus.PENDING, null), count(tx, TaskStatus.PROCESSING, null)));
    }

    /// Status → how many there are of it, on all nodes.
    public Map<String, Long> counts() {
        return engine.database().read(tx -> {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (TaskStatus status : TaskStatus.values()) {
                counts.put(status.wire(), count(tx, status, null));
            }
            return counts;
        });
    }

    /// Newest first.
    Page list(@Nullable TaskStatus status, @Nullable String userId, int limit, int offset) {
        Condition which = DSL.and(
                status == null ? DSL.noCondition() : TASK.STATUS.eq(status.wire()),
                userId == null ? DSL.noCondition() : TASK.USER_ID.eq(userId));
        return engine.database().read(tx -> {
            List<Owned> tasks = tx.select()
                    .from(TASK)
                    .join(USERS)
                    .on(USERS.ID.eq(TASK.USER_ID))
                    .where(which)
                    .orderBy(TASK.CREATED_AT.desc(), TASK.ID.desc())
                    .limit(limit)
                    .offset(offset)
                    .fetch(row -> new Owned(TaskTable.row(row::get), row.get(USERS.NAME), row.get(USERS.EMAIL)));
            return new Page(tasks, count(tx, status, userId));
        });
    }

    private static long count(DSLContext tx, @Nullable TaskStatus status, @Nullable String userId) {
        Condition which = DSL.and(
                status == null ? DSL.noCondition() : TASK_COUNT.STATUS.eq(status.wire()),
                userId == null ? DSL.noCondition() : TASK_COUNT.USER_ID.eq(userId));
        return tx.select(TASK_COUNT.TASKS).from(TASK_COUNT).where(which).fetch(TASK_COUNT.TASKS).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Cancels all tasks of a user that are not over, and waits for their end.
    ///
    /// @return whether all ended within the time
    public boolean end(String userId, Duration atMost) throws InterruptedException {
        engine.database().write(tx -> {
            List<String> open =
                    tx.select(TASK.ID).from(TASK).where(open(userId)).fetch(TASK.ID);
            tx.update(TASK)
                    .set(TASK.CANCEL_REQUESTED_AT, engine.clock().millis())
                    .where(open(userId).and(TASK.CANCEL_REQUESTED_AT.isNull()))
                    .execute();
            open.forEach(id -> table.intend(tx, id));
            return open;
        });
        long until = System.nanoTime() + atMost.toNanos();
        while (engine.database().read(tx -> anyOpen(tx, userId))) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    public static boolean anyOpen(DSLContext tx, String userId) {
        return tx.fetchExists(DSL.selectOne().from(TASK).where(open(userId)));
    }

    /// Deletes a user's tasks, all of which are over, within the write that deletes the user; then [#sweep].
    public void remove(DSLContext tx, String userId) {
        // A task's last change has a place of its own in the owner's sequence, so its tombstone can take it.
        tx.insertInto(
                        TASK_TOMBSTONE,
                        TASK_TOMBSTONE.USER_ID,
                        TASK_TOMBSTONE.CHANGE_SEQ,
                        TASK_TOMBSTONE.TASK_ID,
                        TASK_TOMBSTONE.SWEPT)
                .select(DSL.select(TASK.USER_ID, TASK.CHANGE_SEQ, TASK.ID, DSL.inline(false))
                        .from(TASK)
                        .where(TASK.USER_ID.eq(userId)))
                .execute();
        tx.deleteFrom(IDEMPOTENCY_KEY).where(IDEMPOTENCY_KEY.USER_ID.eq(userId)).execute();
        tx.deleteFrom(TASK).where(TASK.USER_ID.eq(userId)).execute();
        tx.deleteFrom(TASK_COUNT).where(TASK_COUNT.USER_ID.eq(userId)).execute();
    }

    /// Begins to take away the events and files of deleted tasks.
    public void sweep() {
        Thread.ofVirtual().name("sweep").start(() -> new Cleanup(engine).sweep());
    }

    private static Condition open(String userId) {
        return TASK.USER_ID.eq(userId).and(TASK.STATUS.in(TaskStatus.PENDING.wire(), TaskStatus.PROCESSING.wire()));
    }
}
