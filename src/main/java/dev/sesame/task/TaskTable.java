package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_COUNT;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.db.Database;
import dev.sesame.db.FixedQuery;
import dev.sesame.task.Task.PullRequestMode;
import dev.sesame.task.Task.Refusal;
import dev.sesame.task.Task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.UpdateSetMoreStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The task table and what must change with it in the same transaction: the counters behind `total`, and the
/// owner's sequence of changes behind `GET /api/events`. No rules here, only rows.
final class TaskTable {

    /// Announced with a user's id when one of their tasks changed.
    static final String CHANGES = "changes";

    /// Announced with a task's id when something is asked of whoever runs it, or of the queue.
    static final String INTENTS = "intents";

    private static final FixedQuery<Task> BY_ID =
            new FixedQuery<>(DSL.selectFrom(TASK).where(TASK.ID.eq("")), TaskTable::row);
    private static final FixedQuery<Task> NEWEST_OF_USER = new FixedQuery<>(
            DSL.selectFrom(TASK)
                    .where(TASK.USER_ID.eq(""))
                    .orderBy(TASK.CREATED_AT.desc(), TASK.ID.desc())
                    .limit(DSL.param("limit", 1)),
            TaskTable::row);
    private static final FixedQuery<Long> LAST_CHANGE = new FixedQuery<>(
            DSL.select(USERS.CHANGE_SEQ).from(USERS).where(USERS.ID.eq("")), row -> row.get(USERS.CHANGE_SEQ));
    private static final FixedQuery<Counted> COUNTS = new FixedQuery<>(
            DSL.select(TASK_COUNT.STATUS, TASK_COUNT.TASKS).from(TASK_COUNT).where(TASK_COUNT.USER_ID.eq("")),
            row -> new Counted(row.get(TASK_COUNT.STATUS), row.get(TASK_COUNT.TASKS)));

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Database database;

    private record Counted(String status, long tasks) {}

    TaskTable(Database database) {
        this.database = database;
    }

    static Optional<Task> find(DSLContext tx, String taskId) {
        return BY_ID.fetchOptional(tx, taskId);
    }

    /// The first page of all that a user has: what every client asks for, again and again.
    static List<Task> newest(DSLContext tx, String userId, int limit) {
        return NEWEST_OF_USER.fetch(tx, userId, limit);
    }

    /// The end of the user's sequence of changes.
    static long lastChange(DSLContext tx, String userId) {
        return LAST_CHANGE.fetchOptional(tx, userId).orElse(0L);
    }

    static List<Task> newest(DSLContext tx, Condition which, int limit, int offset) {
        return tx.selectFrom(TASK)
                .where(which)
                .orderBy(TASK.CREATED_AT.desc(), TASK.ID.desc())
                .limit(limit)
                .offset(offset)
                .fetch(record -> row(record::get));
    }

    static long count(DSLContext tx, String userId, @Nullable TaskStatus status) {
        return COUNTS.fetch(tx, userId).stream()
                .filter(counted -> status == null || counted.status.equals(status.wire()))
                .mapToLong(Counted::tasks)
                .sum();
    }

    /// At the end of the owner's list and queue, see [#newestTime] and [#endOfQueue].
    void insert(DSLContext tx, Task task) {
        long change = nextChange(tx, task.userId()); // first: whoever else adds one for this user waits for us
        long created = newestTime(tx, task.userId(), task.createdAt());
        tx.insertInto(TASK)
                .set(TASK.ID, task.id())
                .set(TASK.USER_ID, task.userId())
                .set(TASK.TITLE, task.title())
                .set(TASK.PROMPT, task.prompt())
                .set(TASK.STATUS, task.status().wire())
                .set(TASK.PROGRESS, task.progress())
                .set(TASK.AGENT, task.agent())
                .set(TASK.MODEL, task.model())
                .set(TASK.REPOSITORY, task.repository())
                .set(TASK.BASE_BRANCH, task.baseBranch())
                .set(TASK.BRANCH, task.branch())
                .set(TASK.PERMISSION_MODE, task.ask() ? "ask" : "auto")
                .set(TASK.KEEP_ALIVE, task.keepAlive())
                .set(TASK.PULL_REQUEST, lower(task.pullRequest()))
                .set(TASK.MAX_DURATION_MINUTES, task.maxDurationMinutes())
                .set(TASK.MCP_SERVERS, Names.write(task.mcpServers()))
                .set(TASK.ATTEMPT, task.attempt())
                .set(TASK.START_MODE, lower(task.startMode()))
                .set(TASK.CREATED_AT, created)
                .set(TASK.QUEUED_AT, endOfQueue(tx, task.userId(), task.createdAt()))
                .set(TASK.UPDATED_AT, created)
                .set(TASK.CHANGE_SEQ, change)
                .execute();
        count(tx, task.userId(), task.status(), 1);
    }

    /// When a user's new task counts as made: now, or just after their newest where that was made in the same
    /// millisecond. A clock that was set back by more than a moment is believed.
    private static long newestTime(DSLContext tx, String userId, Instant now) {
        long newest = latest(tx, TASK.CREATED_AT, TASK.USER_ID.eq(userId));
        return newest > now.plus(MOMENT).toEpochMilli() ? now.toEpochMilli() : Math.max(now.toEpochMilli(), newest + 1);
    }

    /// When a task counts as queued: now, but after all that wait. For a write that has moved the owner's sequence of
    /// changes, so that nobody else queues one for them meanwhile.
    static long endOfQueue(DSLContext tx, String userId, Instant now) {
        Condition waits = TASK.USER_ID.eq(userId).and(TASK.STATUS.eq(TaskStatus.PENDING.wire()));
        return Math.max(now.toEpochMilli(), latest(tx, TASK.QUEUED_AT, waits) + 1);
    }

    private static long latest(DSLContext tx, Field<Long> time, Condition which) {
        return tx.select(DSL.coalesce(DSL.max(time), 0L))
                .from(TASK)
                .where(which)
                .fetchSingle()
                .value1();
    }

    /// Wakes whoever runs the task, or the queue.
    void intend(DSLContext tx, String taskId) {
        database.announce(tx, INTENTS, taskId);
    }

    /// Begins an update of what the list shows: moves `updated_at` and the change sequence. Nothing that the list shows
    /// is written without it.
    UpdateSetMoreStep<?> change(DSLContext tx, Task task, Instant now) {
        return tx.update(TASK)
                .set(TASK.UPDATED_AT, now.toEpochMilli())
                .set(TASK.CHANGE_SEQ, nextChange(tx, task.userId()));
    }

    /// As [#change], to another status; the counters follow.
    UpdateSetMoreStep<?> change(DSLContext tx, Task task, TaskStatus to, Instant now) {
        // The user's row before the counters, as in every write, or two nodes would wait for each other.
        UpdateSetMoreStep<?> update = change(tx, task, now).set(TASK.STATUS, to.wire());
        count(tx, task.userId(), task.status(), -1);
        count(tx, task.userId(), to, 1);
        return update;
    }

    long nextChange(DSLContext tx, String userId) {
        database.announce(tx, CHANGES, userId);
        return Objects.requireNonNull(tx.update(USERS)
                        .set(USERS.CHANGE_SEQ, USERS.CHANGE_SEQ.plus(1))
                        .where(USERS.ID.eq(userId))
                        .returningResult(USERS.CHANGE_SEQ)
                        .fetchOne())
                .value1();
    }

    void count(DSLContext tx, String userId, TaskStatus status, long more) {
        tx.insertInto(TASK_COUNT)
                .set(TASK_COUNT.USER_ID, userId)
                .set(TASK_COUNT.STATUS, status.wire())
                .set(TASK_COUNT.TASKS, more)
                .onConflict(TASK_COUNT.USER_ID, TASK_COUNT.STATUS)
                .doUpdate()
                .set(TASK_COUNT.TASKS, TASK_COUNT.TASKS.plus(more))
                .execute();
    }

    static Task row(FixedQuery.Row r) {
        @Nullable String phase = r.get(TASK.PHASE);
        @Nullable String errorCode = r.get(TASK.ERROR_CODE);
        return new Task(
                r.get(TASK.ID),
                r.get(TASK.USER_ID),
                r.get(TASK.TITLE),
                r.get(TASK.PROMPT),
                TaskStatus.of(r.get(TASK.STATUS)),
                phase == null ? null : Phase.of(phase),
                r.get(TASK.PROGRESS),
                r.get(TASK.AGENT),
                r.get(TASK.MODEL),
                r.get(TASK.REPOSITORY),
                r.get(TASK.BASE_BRANCH),
                r.get(TASK.BRANCH),
                r.get(TASK.PERMISSION_MODE).equals("ask"),
                r.get(TASK.KEEP_ALIVE),
                PullRequestMode.valueOf(r.get(TASK.PULL_REQUEST).toUpperCase(Locale.ROOT)),
                r.get(TASK.MAX_DURATION_MINUTES),
                r.get(TASK.ATTEMPT),
                StartMode.valueOf(r.get(TASK.START_MODE).toUpperCase(Locale.ROOT)),
                errorCode == null ? null : new Refusal(errorCode, r.get(TASK.ERROR_MESSAGE)),
                r.get(TASK.COMMIT_ID),
                r.get(TASK.PULL_REQUEST_URL),
                new Usage(
                        r.get(TASK.INPUT_TOKENS),
                        r.get(TASK.OUTPUT_TOKENS),
                        r.get(TASK.CACHED_TOKENS),
                        r.get(TASK.COST_USD)),
                r.get(TASK.AGENT_SESSION),
                r.get(TASK.PUSHED_COMMIT),
                Instant.ofEpochMilli(r.get(TASK.CREATED_AT)),
                instant(r.get(TASK.STARTED_AT)),
                instant(r.get(TASK.COMPLETED_AT)),
                Instant.ofEpochMilli(r.get(TASK.UPDATED_AT)),
                instant(r.get(TASK.CANCEL_REQUESTED_AT)),
                r.get(TASK.CHANGE_SEQ),
                Names.read(r.get(TASK.MCP_SERVERS)));
    }

    static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
