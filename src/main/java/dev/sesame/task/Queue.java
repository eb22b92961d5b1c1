package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_COUNT;

import dev.sesame.setting.SettingKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The queue is the task table. Fair between users: who has the fewest tasks running comes first, then whom this node
/// served longest ago, then who waits longest; one user's tasks come in their order. For one thread.
final class Queue {

    private final Engine engine;
    private final TaskTable tasks;

    /// The number of each user's newest claim. Not stored: a new server begins with who waits longest.
    private final Map<String, Long> served = new ConcurrentHashMap<>();

    private long claims;

    Queue(Engine engine) {
        this.engine = engine;
        this.tasks = new TaskTable(engine.database());
    }

    /// A task that this node now owns.
    record Claim(String taskId, long epoch) {}

    private record Waiting(String userId, long running, long since) {}

    private record Turn(String userId, String taskId) {}

    private record Served(String userId, Claim claim) {}

    /// Claims the task whose turn it is, if there is one.
    Optional<Claim> claimNext() {
        int perUser = engine.settings().get(SettingKeys.TASKS_MAX_RUNNING_PER_USER);
        if (engine.database().read(tx -> next(tx, perUser, false)).isEmpty()) {
            return Optional.empty(); // the common case costs no write
        }
        Optional<Served> next = engine.database()
                .write(tx -> next(tx, perUser, true)
                        .flatMap(turn -> claim(tx, turn.taskId()).map(claim -> new Served(turn.userId(), claim))));
        next.ifPresent(it -> served.put(it.userId(), ++claims));
        return next.map(Served::claim);
    }

    /// Claims a pending task that was cancelled, out of its turn: it ends where every task ends.
    Optional<Claim> claimCancelled(String taskId) {
        if (engine.database().read(tx -> cancelledInQueue(tx, taskId)).isEmpty()) {
            return Optional.empty();
        }
        return engine.database().write(tx -> cancelledInQueue(tx, taskId).flatMap(task -> claim(tx, taskId)));
    }

    private static Optional<Task> cancelledInQueue(DSLContext tx, String taskId) {
        return TaskTable.find(tx, taskId)
                .filter(task -> task.status() == TaskStatus.PENDING && task.cancelRequestedAt() != null);
    }

    /// Takes back a task that this node ran before it was restarted.
    Claim takeBack(String taskId) {
        return engine.database().write(tx -> new Claim(taskId, engine.log().take(tx, taskId)));
    }

    /// @param lock so that no other node claims it meanwhile; not possible while only reading
    private Optional<Turn> next(DSLContext tx, int perUser, boolean lock) {
        return waiting(tx, perUser).stream()
                .min(Comparator.comparingLong(Waiting::running)
                        .thenComparingLong(user -> served.getOrDefault(user.userId(), 0L))
                        .thenComparingLong(Waiting::since))
                .flatMap(user -> oldest(tx, user.userId(), lock).map(id -> new Turn(user.userId(), id)));
    }

    private static List<Waiting> waiting(DSLContext tx, int perUser) {
        var waiting = TASK_COUNT.as("waiting");
        var running = TASK_COUNT.as("running");
        Field<Long> runs = DSL.coalesce(running.TASKS, 0L);
        Field<Long> head = DSL.field(DSL.select(DSL.min(TASK.QUEUED_AT))
                .from(TASK)
                .where(TASK.USER_ID.eq(waiting.USER_ID).and(TASK.STATUS.eq(TaskStatus.PENDING.wire()))));
        return tx.select(waiting.USER_ID, runs, head)
                .from(waiting)
                .leftJoin(running)
                .on(running.USER_ID.eq(waiting.USER_ID).and(running.STATUS.eq(TaskStatus.PROCESSING.wire())))
                .where(waiting.STATUS.eq(TaskStatus.PENDING.wire()))
                .and(waiting.TASKS.gt(0L))
                .and(runs.lt((long) perUser))
                .and(head.isNotNull())
                .fetch(row -> new Waiting(row.value1(), row.value2(), row.value3()));
    }

    private static Optional<String> oldest(DSLContext tx, String userId, boolean lock) {
        var query = tx.select(TASK.ID)
                .from(TASK)
                .where(TASK.USER_ID.eq(userId).and(TASK.STATUS.eq(TaskStatus.PENDING.wire())))
                .orderBy(TASK.QUEUED_AT, TASK.ID)
                .limit(1);
        // SQLite has one writer, so nobody else can be at it.
        return lock && tx.dialect().family() == SQLDialect.POSTGRES
                ? query.forUpdate().skipLocked().fetchOptional(TASK.ID)
                : query.fetchOptional(TASK.ID);
    }

    private Optional<Claim> claim(DSLContext tx, String taskId) {
        Task task = TaskTable.find(tx, taskId).orElseThrow();
        if (task.status() != TaskStatus.PENDING) {
            return Optional.empty();
        }
        Instant now = engine.clock().instant();
        tasks.change(tx, task, TaskStatus.PROCESSING, now)
                .set(TASK.PHASE, Phase.PREPARING.wire())
                .set(TASK.PROGRESS, 0)
                .set(TASK.OWNER_NODE, engine.node())
                .set(TASK.STARTED_AT, now.toEpochMilli())
                .setNull(TASK.COMPLETED_AT)
                .where(TASK.ID.eq(taskId))
                .execute();
        AttemptTable.insert(tx, attempt(tx, task, now));
        return Optional.of(new Claim(taskId, engine.log().take(tx, taskId)));
    }

    private Attempt attempt(DSLContext tx, Task task, Instant now) {
        boolean finishOnly = task.startMode() == StartMode.FINISH_ONLY;
        Optional<Attempt> before = finishOnly ? AttemptTable.newestWithResult(tx, task.id()) : Optional.empty();
        @Nullable String session = task.startMode() == StartMode.FOLLOW_UP ? task.agentSession() : null;
        Integer own = task.maxDurationMinutes();
        int minutes = own == null ? engine.settings().get(SettingKeys.TASKS_MAX_DURATION_MINUTES) : own;
        return new Attempt(
                task.id(),
                task.attempt(),
                Step.CLAIMED,
                task.prompt(),
                session,
                0,
                0,
                before.map(Attempt::baseBranch).orElse(null),
                before.map(Attempt::baseCommit).orElse(null),
                before.map(Attempt::startCommit).orElse(null),
                before.map(Attempt::resultCommit).orElse(null),
                0,
                0,
                now.plus(Duration.ofMinutes(minutes)),
                null,
                null,
                null,
                null,
                now);
    }
}
