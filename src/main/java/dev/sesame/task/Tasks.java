package dev.sesame.task;

import static dev.sesame.db.generated.Tables.IDEMPOTENCY_KEY;
import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_TOMBSTONE;

import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.db.Ids;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.http.Problem;
import dev.sesame.task.Task.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What callers may do with tasks: the rules of the API. A user sees their own tasks; another's is "not found", in
/// every method. Writes rows and announces; only a [TaskRun] carries anything out. Safe from any thread; blocks.
public final class Tasks {

    private static final Duration CANCEL_PATIENCE = Duration.ofMillis(2_800);

    private final Engine engine;
    private final AuditLog audit;
    private final TaskTable table;
    private final Admission admission;
    private final FirstPages firstPages;

    public Tasks(Engine engine, AuditLog audit) {
        this.engine = engine;
        this.audit = audit;
        this.table = new TaskTable(engine.database());
        this.admission = new Admission(engine);
        this.firstPages = new FirstPages(engine.database());
    }

    /// The `Idempotency-Key` of a request and a hash of its body.
    record Idempotency(String key, String bodyHash) {}

    /// A page of the list; `total` counts all that match.
    record Page(List<TaskView> tasks, long total) {
        static Page of(List<Task> tasks, long total) {
            return new Page(tasks.stream().map(TaskView::inList).toList(), total);
        }
    }

    /// Stores a new task, pending; known secrets are masked in its prompt, and so in all that comes of it. Refuses
    /// with 400 what can't be, with 422 what lacks a credential.
    Task submit(Caller caller, NewTask request, @Nullable Idempotency idempotency) {
        String userId = caller.userId();
        if (idempotency != null) {
            // Before what may be different by now: a credential that was removed, a repository.
            Optional<Task> before = engine.database().read(tx -> before(tx, userId, idempotency));
            if (before.isPresent()) {
                return before.get();
            }
        }
        Task task = admission.admit(userId, request);
        Task stored = engine.database().write(tx -> {
            Optional<Task> before = idempotency == null ? Optional.empty() : before(tx, userId, idempotency);
            if (before.isPresent()) {
                return before.get();
            }
            table.insert(tx, task);
            engine.log().create(tx, task.id());
            if (idempotency != null) {
                remember(tx, task, idempotency);
            }
            table.intend(tx, task.id());
            record(
                    tx,
                    caller,
                    AuditAction.TASK_CREATE,
                    task.id(),
                    Map.of("agent", task.agent(), "repository", task.repository()));
            return task;
        });
        if (stored == task) {
            new Naming(engine).begin(task);
        }
        return stored;
    }

    Task get(String userId, String taskId) {
        return engine.database().read(tx -> mine(tx, userId, taskId));
    }

    /// The first page of all that a user has, as JSON of a [Page].
    byte[] firstPage(String userId, int limit) {
        return firstPages.get(userId, limit);
    }

    Page list(String userId, TaskSearch search, int limit, int offset) {
        return engine.database().read(tx -> {
            Condition which = TASK.USER_ID.eq(userId).and(search.condition());
            long total = search.counted()
                    ? TaskTable.count(tx, userId, search.status())
                    : tx.fetchCount(DSL.selectOne().from(TASK).where(which));
            return Page.of(TaskTable.newest(tx, which, limit, offset), total);
        });
    }

    /// Records the wish and waits a little for its fulfilment. The wish can't be undone, so the answer is the same
    /// if that takes longer.
    Refusal cancel(Caller caller, String taskId) throws InterruptedException {
        return cancel(caller, taskId, task -> task.userId().equals(caller.userId()));
    }

    /// As [#cancel], of whoever's task; for admins.
    Refusal cancelAnybodys(Caller caller, String taskId) throws InterruptedException {
        return cancel(caller, taskId, _ -> true);
    }

    private Refusal cancel(Caller caller, String taskId, Predicate<Task> visible) throws InterruptedException {
        long until = System.nanoTime() + CANCEL_PATIENCE.toNanos(); // the caller's time begins before the write
        engine.database().write(tx -> {
            Task task = find(tx, taskId, visible);
            if (task.status().terminal()) {
                throw Problem.CONFLICT.because("The task is " + task.status().wire() + " already");
            }
            if (task.phase() == Phase.PUSHING) {
                throw Problem.CONFLICT.because("The task is being pushed, it can't be cancelled any more");
            }
            tx.update(TASK)
                    .set(TASK.CANCEL_REQUESTED_AT, engine.clock().millis())
                    .where(TASK.ID.eq(taskId).and(TASK.CANCEL_REQUESTED_AT.isNull()))
                    .execute();
            table.intend(tx, taskId);
            record(tx, caller, AuditAction.TASK_CANCEL, taskId, Map.of("owner", task.userId()));
            return task;
        });
        Task ended = awaitEnd(taskId, until);
        Refusal error = ended.error();
        return error == null ? Outcome.cancellation() : error;
    }

    /// Queues a failed task again, as its next attempt.
    void retry(Caller caller, String taskId) {
        engine.database().write(tx -> {
            Task task = mine(tx, caller.userId(), taskId);
            if (task.status() != TaskStatus.FAILED) {
                throw Problem.CONFLICT.because("Only a failed task can be retried; this one is "
                        + task.status().wire());
            }
            boolean finishOnly = AttemptTable.find(tx, taskId, task.attempt())
                    .filter(last -> Finish.failedAtThePush(task, last))
                    .isPresent();
            queueAgain(tx, task, finishOnly ? StartMode.FINISH_ONLY : StartMode.FRESH);
            record(tx, caller, AuditAction.TASK_RETRY, taskId, Map.of());
            return task;
        });
    }

    /// Queues a follow-up, known secrets masked. A working agent gets it when its turn is over; an ended task starts
    /// a new attempt for it.
    FollowUp followUp(String userId, String taskId, String said) {
        String content = Secrets.redacted(engine, userId, said);
        FollowUp followUp = new FollowUp(
                Ids.next("msg"), taskId, content, null, engine.clock().instant());
        return engine.database().write(tx -> {
            Task task = mine(tx, userId, taskId);
            if (task.cancelRequestedAt() != null) {
                throw Problem.CONFLICT.because("The task is being cancelled");
            }
            FollowUp.queue(tx, followUp);
            if (task.status().terminal()) {
                queueAgain(tx, task, StartMode.FOLLOW_UP);
            }
            table.intend(tx, taskId);
            return followUp;
        });
    }

    List<FollowUp> queued(String userId, String taskId) {
        return engine.database()
                .read(tx -> FollowUp.queued(tx, mine(tx, userId, taskId).id()));
    }

    void unqueue(String userId, String taskId, String followUpId) {
        engine.database().write(tx -> {
            mine(tx, userId, taskId);
            if (!FollowUp.remove(tx, taskId, followUpId)) {
                throw Problem.NOT_FOUND.because("No such message is queued");
            }
            return taskId;
        });
    }

    /// The first answer wins. Known secrets in its message are masked.
    void answer(Caller caller, String taskId, PermissionResponse said) {
        PermissionResponse response = withoutSecrets(caller.userId(), said);
        engine.database().write(tx -> {
            mine(tx, caller.userId(), taskId);
            if (!Answers.exists(tx, taskId, response.requestId())) {
                throw Problem.NOT_FOUND.because("Permission request not found");
            }
            if (!Answers.decide(tx, taskId, response, engine.clock().millis())) {
                throw Problem.CONFLICT.because("The permission request is decided already");
            }
            table.intend(tx, taskId);
            record(
                    tx,
                    caller,
                    AuditAction.PERMISSION_DECIDE,
                    taskId,
                    Map.of("requestId", response.requestId(), "decision", TaskTable.lower(response.decision())));
            return taskId;
        });
    }

    private PermissionResponse withoutSecrets(String userId, PermissionResponse said) {
        String message = said.message();
        return message == null
                ? said
                : new PermissionResponse(
                        said.requestId(), said.decision(), said.decidedBy(), Secrets.redacted(engine, userId, message));
    }

    /// Deletes an ended task for its owner at once; its events and files follow.
    void delete(Caller caller, String taskId) {
        String userId = caller.userId();
        engine.database().write(tx -> {
            Task task = mine(tx, userId, taskId);
            if (!task.status().terminal()) {
                throw Problem.CONFLICT.because("Only an ended task can be deleted; cancel it first");
            }
            tx.insertInto(TASK_TOMBSTONE)
                    .set(TASK_TOMBSTONE.USER_ID, userId)
                    .set(TASK_TOMBSTONE.CHANGE_SEQ, table.nextChange(tx, userId))
                    .set(TASK_TOMBSTONE.TASK_ID, taskId)
                    .set(TASK_TOMBSTONE.SWEPT, false)
                    .execute();
            table.count(tx, userId, task.status(), -1);
            tx.deleteFrom(IDEMPOTENCY_KEY)
                    .where(IDEMPOTENCY_KEY.USER_ID.eq(userId).and(IDEMPOTENCY_KEY.TASK_ID.eq(taskId)))
                    .execute();
            tx.deleteFrom(TASK).where(TASK.ID.eq(taskId)).execute();
            record(tx, caller, AuditAction.TASK_DELETE, taskId, Map.of());
            return taskId;
        });
        Thread.ofVirtual().name("sweep-" + taskId).start(() -> new Cleanup(engine).sweep());
    }

    /// What a stream must know: where the log ends, and whether more can come without a new request.
    public record StreamState(long nextSeq, boolean open) {}

    public StreamState streamState(String userId, String taskId) {
        boolean open = open(userId, taskId);
        return new StreamState(engine.log().nextSeq(taskId), open);
    }

    /// Whether more can come of the task without a new request.
    public boolean open(String userId, String taskId) {
        return engine.database().read(tx -> open(tx, mine(tx, userId, taskId)));
    }

    private static boolean open(DSLContext tx, Task task) {
        return !task.status().terminal() || !FollowUp.queued(tx, task.id()).isEmpty();
    }

    /// Changes of a user's tasks after a point of their sequence, oldest first; a task that changed twice is there
    /// once, as it is now.
    public record Changes(List<Change> changes, long last) {}

    /// @param task null if it was deleted
    public record Change(long seq, String taskId, @Nullable TaskView task) {}

    public Changes changesAfter(String userId, long after, int limit) {
        return engine.database().read(tx -> ChangeFeed.after(tx, userId, after, limit));
    }

    /// The end of the user's sequence of changes.
    public long lastChange(String userId) {
        return engine.database().read(tx -> TaskTable.lastChange(tx, userId));
    }

    private Task mine(DSLContext tx, String userId, String taskId) {
        return find(tx, taskId, task -> task.userId().equals(userId));
    }

    private static Task find(DSLContext tx, String taskId, Predicate<Task> visible) {
        return TaskTable.find(tx, taskId)
                .filter(visible)
                .orElseThrow(() -> Problem.NOT_FOUND.because("Task not found"));
    }

    private void record(DSLContext tx, Caller caller, AuditAction action, String taskId, Map<String, ?> details) {
        audit.add(tx, caller.actor(), action, taskId, details);
    }

    private void queueAgain(DSLContext tx, Task task, StartMode mode) {
        Instant now = engine.clock().instant();
        table.change(tx, task, TaskStatus.PENDING, now)
                .set(TASK.ATTEMPT, task.attempt() + 1)
                .set(TASK.START_MODE, TaskTable.lower(mode))
                .set(TASK.QUEUED_AT, TaskTable.endOfQueue(tx, task.userId(), now))
                .set(TASK.PROGRESS, 0)
                .setNull(TASK.PHASE)
                .setNull(TASK.ERROR_CODE)
                .setNull(TASK.ERROR_MESSAGE)
                .setNull(TASK.COMPLETED_AT)
                .setNull(TASK.CANCEL_REQUESTED_AT)
                .where(TASK.ID.eq(task.id()))
                .execute();
        table.intend(tx, task.id());
    }

    private Task awaitEnd(String taskId, long until) throws InterruptedException {
        while (true) {
            Task task = engine.database().read(tx -> TaskTable.find(tx, taskId).orElseThrow());
            if (task.status().terminal() || System.nanoTime() - until > 0) {
                return task;
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private Optional<Task> before(DSLContext tx, String userId, Idempotency idempotency) {
        return tx.selectFrom(IDEMPOTENCY_KEY)
                .where(IDEMPOTENCY_KEY.USER_ID.eq(userId).and(IDEMPOTENCY_KEY.KEY_TEXT.eq(idempotency.key())))
                .and(IDEMPOTENCY_KEY.CREATED_AT.ge(engine.clock().millis() - Cleanup.IDEMPOTENCY.toMillis()))
                .fetchOptional()
                .flatMap(row -> {
                    if (!row.get(IDEMPOTENCY_KEY.BODY_HASH).equals(idempotency.bodyHash())) {
                        throw Problem.UNPROCESSABLE_ENTITY.because(
                                "Idempotency-Key: the key was used before with another body");
                    }
                    return TaskTable.find(tx, row.get(IDEMPOTENCY_KEY.TASK_ID));
                });
    }

    private void remember(DSLContext tx, Task task, Idempotency idempotency) {
        // One that has expired may still be there.
        tx.deleteFrom(IDEMPOTENCY_KEY)
                .where(IDEMPOTENCY_KEY.USER_ID.eq(task.userId()).and(IDEMPOTENCY_KEY.KEY_TEXT.eq(idempotency.key())))
                .execute();
        tx.insertInto(IDEMPOTENCY_KEY)
                .set(IDEMPOTENCY_KEY.USER_ID, task.userId())
                .set(IDEMPOTENCY_KEY.KEY_TEXT, idempotency.key())
                .set(IDEMPOTENCY_KEY.BODY_HASH, idempotency.bodyHash())
                .set(IDEMPOTENCY_KEY.TASK_ID, task.id())
                .set(IDEMPOTENCY_KEY.CREATED_AT, task.createdAt().toEpochMilli())
                .execute();
    }
}
