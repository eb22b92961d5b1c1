package dev.sesame.task;

import static dev.sesame.db.generated.Tables.IDEMPOTENCY_KEY;
import static dev.sesame.db.generated.Tables.PERMISSION;
import static dev.sesame.db.generated.Tables.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestUsers;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.MovableClock;
import dev.sesame.http.ProblemException;
import dev.sesame.task.Tasks.Idempotency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tasks store and how long, on whatever database, by a clock that stands still unless it is moved.
abstract class TaskStoreContract {
    private static final String ADA = "user_ada";
    private static final String BOB = "user_bob";
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private TestDatabase fixture;
    private Database database;
    private Engine engine;
    private Tasks tasks;
    private Queue queue;

    abstract TestDatabases.Kind kind();

    @BeforeEach
    void open() {
        fixture = TestDatabases.fresh(kind(), directory);
        database = fixture.open();
        AuditLog audit = new AuditLog(database, new byte[32], clock);
        engine = TestEngine.on(database, clock, audit, directory);
        tasks = new Tasks(engine, audit);
        queue = new Queue(engine);
        database.write(tx -> TestUsers.add(tx, ADA) + TestUsers.add(tx, BOB));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tasksOfTheSameMillisecondKeepTheirOrderInListAndQueue() {
        List<String> ids = IntStream.range(0, 20).mapToObj(n -> submit(ADA)).toList();

        assertThat(list(TaskStatus.PENDING)).containsExactlyElementsOf(ids.reversed());
        assertThat(list(null)).containsExactlyElementsOf(ids.reversed());
        assertThat(claimAll()).containsExactlyElementsOf(ids);
    }

    @Test
    void whatIsQueuedAgainInTheSameMillisecondComesAfterAllThatWait() {
        String failed = submit(ADA);
        String completed = submit(ADA);
        assertThat(claimAll()).containsExactly(failed, completed);
        end(failed, TaskStatus.FAILED);
        end(completed, TaskStatus.COMPLETED);
        List<String> waiting = new ArrayList<>(List.of(submit(ADA), submit(ADA)));

        tasks.followUp(ADA, completed, "More");
        tasks.retry(caller(ADA), failed);
        waiting.addAll(List.of(completed, failed, submit(ADA)));

        assertThat(claimAll()).containsExactlyElementsOf(waiting);
    }

    @Test
    void theQueueKeepsItsOrderWhenTheClockIsSetBackAndNewTasksHaveTheNewTime() {
        String first = submit(ADA);
        clock.advance(-DAY);
        String second = submit(ADA);

        assertThat(tasks.get(ADA, second).createdAt()).isEqualTo(clock.instant());
        assertThat(claimAll()).containsExactly(first, second);
    }

    @Test
    void usersTakeTurnsHoweverManyTasksOneHas() {
        List<String> adas = List.of(submit(ADA), submit(ADA), submit(ADA));
        clock.advance(1);
        String bobs = submit(BOB);

        assertThat(claimAll()).containsExactly(adas.get(0), bobs, adas.get(1), adas.get(2));
    }

    @Test
    void aPlaceInTheQueueIsClaimedOnceAndACancelledTaskOutOfItsTurn() {
        String first = submit(ADA);
        String second = submit(ADA);
        assertThat(queue.claimCancelled(second)).isEmpty();
        database.write(tx -> tx.update(TASK)
                .set(TASK.CANCEL_REQUESTED_AT, 1L)
                .where(TASK.ID.eq(second))
                .execute());

        assertThat(queue.claimCancelled(second))
                .get()
                .extracting(Queue.Claim::taskId)
                .isEqualTo(second);
        assertThat(queue.claimCancelled(second)).isEmpty();
        assertThat(claimAll()).containsExactly(first);
    }

    @Test
    void theCountersFollowTheTasks() {
        submit(ADA);
        String failed = submit(ADA);
        submit(BOB);
        end(failed, TaskStatus.FAILED);

        assertThat(count(ADA, TaskStatus.PENDING)).isEqualTo(1);
        assertThat(count(ADA, TaskStatus.FAILED)).isEqualTo(1);
        assertThat(count(ADA, null)).isEqualTo(2);
        assertThat(count(BOB, null)).isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyHoldsFor24HoursAndIsForgottenThen() {
        String first = submit(ADA, "k", "hash");
        clock.advance(DAY);
        assertThat(submit(ADA, "k", "hash")).isEqualTo(first);
        assertThatThrownBy(() -> submit(ADA, "k", "other")).isInstanceOf(ProblemException.class);
        assertThat(submit(BOB, "k", "hash")).isNotEqualTo(first);

        clock.advance(1);
        String second = submit(ADA, "k", "other");
        assertThat(second).isNotEqualTo(first);
        clock.advance(DAY);
        assertThat(submit(ADA, "k", "other")).isEqualTo(second);
    }

    @Test
    void theSweepTakesIdempotencyKeysAfter24HoursAndNotBefore() {
        submit(ADA, "old", "hash");
        clock.advance(1);
        submit(ADA, "young", "hash");
        clock.advance(DAY - 1);
        new Cleanup(engine).sweep();
        assertThat(idempotencyKeys()).containsExactlyInAnyOrder("old", "young");

        clock.advance(1);
        new Cleanup(engine).sweep();
        assertThat(idempotencyKeys()).containsExactly("young");
    }

    @Test
    void theHomeOfAnEndedTaskStaysForTheDaysOfTheSettingThatOfAnotherAsLongAsItWorks() throws IOException {
        String ended = submit(ADA);
        String waiting = submit(ADA);
        end(ended, TaskStatus.COMPLETED);
        Path session = session(ended);
        Path other = session(waiting);

        clock.advance(7 * DAY);
        new Cleanup(engine).sweep();
        assertThat(session).exists();

        clock.advance(1);
        new Cleanup(engine).sweep();
        assertThat(engine.directory().resolve(ended)).doesNotExist();
        clock.advance(100 * DAY);
        new Cleanup(engine).sweep();
        assertThat(other).exists();
    }

    @Test
    void followUpsWaitInTheirOrderUntilTheyAreTakenOrDropped() {
        String id = submit(ADA);
        List<FollowUp> all = IntStream.range(0, 4)
                .mapToObj(n -> tasks.followUp(ADA, id, "text " + n))
                .toList();
        assertThat(tasks.queued(ADA, id)).isEqualTo(all);

        tasks.unqueue(ADA, id, all.get(1).id());
        database.write(tx -> {
            FollowUp.next(tx, id).orElseThrow().take(tx, 7);
            return 0;
        });
        assertThatThrownBy(() -> tasks.unqueue(ADA, id, all.get(0).id())).isInstanceOf(ProblemException.class);
        assertThat(tasks.queued(ADA, id)).containsExactly(all.get(2), all.get(3));
        assertThat(said(id)).containsExactly("text 0", "text 2", "text 3");

        database.write(tx -> {
            all.get(0).drop(tx); // no longer in the queue
            all.get(2).drop(tx);
            return 0;
        });
        assertThat(said(id)).containsExactly("text 0", "text 3");
        assertThat(tasks.queued(ADA, id)).containsExactly(all.get(3));
    }

    @Test
    void aRequestIsDecidedOnceByWhoeverIsFirst() {
        String id = submit(ADA);
        ask(id, "late", 2, clock.millis() + 10);
        ask(id, "early", 1, clock.millis());
        assertThat(database.<@Nullable Long>read(tx -> Answers.nextExpiry(tx, id)))
                .isEqualTo(clock.millis());
        database.write(tx -> {
            Answers.expire(tx, id, clock.millis());
            return 0;
        });
        assertThat(decide(id, "early", Decision.ALLOW)).isFalse();
        assertThat(decide(id, "late", Decision.ALLOW_ALWAYS)).isTrue();
        assertThat(decide(id, "late", Decision.DENY)).isFalse();
        database.write(tx -> {
            Answers.denyOpen(tx, id, clock.millis());
            return 0;
        });

        assertThat(database.<List<PermissionResponse>>read(tx -> Answers.decided(tx, id)))
                .containsExactly(
                        new PermissionResponse("early", Decision.DENY, "timeout", "Nobody answered in time"),
                        new PermissionResponse("late", Decision.ALLOW_ALWAYS, ADA, null));
        assertThat(database.<Boolean>read(tx -> Answers.exists(tx, id, "never")))
                .isFalse();
    }

    private static Caller caller(String userId) {
        return new Caller.Session(userId, false, "session", "127.0.0.1");
    }

    private String submit(String userId) {
        return tasks.submit(caller(userId), request(), null).id();
    }

    private String submit(String userId, String key, String bodyHash) {
        return tasks.submit(caller(userId), request(), new Idempotency(key, bodyHash))
                .id();
    }

    private static NewTask request() {
        return new NewTask("Do it", "app", "demo", null, null, null, null, null, null, null);
    }

    private List<String> list(@Nullable TaskStatus status) {
        TaskSearch search = new TaskSearch(status, null, null, List.of());
        return tasks.list(ADA, search, 50, 0).tasks().stream().map(TaskView::id).toList();
    }

    private List<String> claimAll() {
        List<String> claimed = new ArrayList<>();
        for (var claim = queue.claimNext(); claim.isPresent(); claim = queue.claimNext()) {
            claimed.add(claim.get().taskId());
        }
        return claimed;
    }

    private void end(String taskId, TaskStatus status) {
        database.write(tx -> new TaskTable(database)
                .change(tx, TaskTable.find(tx, taskId).orElseThrow(), status, clock.instant())
                .set(TASK.COMPLETED_AT, clock.millis())
                .where(TASK.ID.eq(taskId))
                .execute());
    }

    private long count(String userId, @Nullable TaskStatus status) {
        return database.read(tx -> TaskTable.count(tx, userId, status));
    }

    private List<String> idempotencyKeys() {
        return database.read(
                tx -> tx.select(IDEMPOTENCY_KEY.KEY_TEXT).from(IDEMPOTENCY_KEY).fetch(IDEMPOTENCY_KEY.KEY_TEXT));
    }

    private Path session(String taskId) throws IOException {
        Path home = engine.directory().resolve(taskId).resolve(Cleanup.HOME);
        return Files.writeString(Files.createDirectories(home).resolve("session"), "s");
    }

    private List<String> said(String taskId) {
        return database.read(tx -> FollowUp.said(tx, taskId)).stream()
                .map(FollowUp::content)
                .toList();
    }

    private void ask(String taskId, String requestId, long seq, long expiresAt) {
        database.write(tx -> tx.insertInto(PERMISSION)
                .set(PERMISSION.TASK_ID, taskId)
                .set(PERMISSION.REQUEST_ID, requestId)
                .set(PERMISSION.ATTEMPT, 1)
                .set(PERMISSION.SEQ, seq)
                .set(PERMISSION.TOOL_NAME, "Bash")
                .set(PERMISSION.EXPIRES_AT, expiresAt)
                .set(PERMISSION.DELIVERED, false)
                .execute());
    }

    private boolean decide(String taskId, String requestId, Decision decision) {
        PermissionResponse response = new PermissionResponse(requestId, decision, ADA, null);
        return database.write(tx -> Answers.decide(tx, taskId, response, clock.millis()));
    }
}
