package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.task.TaskTable.instant;
import static dev.sesame.task.TaskTable.lower;

import dev.sesame.task.Task.Refusal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.UpdateSetFirstStep;
import org.jooq.UpdateSetMoreStep;

/// The rows of attempts. No rules here.
final class AttemptTable {

    private AttemptTable() {}

    static Optional<Attempt> find(DSLContext tx, String taskId, int attempt) {
        return tx.selectFrom(ATTEMPT)
                .where(ATTEMPT.TASK_ID.eq(taskId).and(ATTEMPT.ATTEMPT_.eq(attempt)))
                .fetchOptional(AttemptTable::row);
    }

    /// The newest attempt whose work was kept.
    static Optional<Attempt> newestWithResult(DSLContext tx, String taskId) {
        return tx.selectFrom(ATTEMPT)
                .where(ATTEMPT.TASK_ID.eq(taskId).and(ATTEMPT.RESULT_COMMIT.isNotNull()))
                .orderBy(ATTEMPT.ATTEMPT_.desc())
                .limit(1)
                .fetchOptional(AttemptTable::row);
    }

    static void insert(DSLContext tx, Attempt a) {
        tx.insertInto(ATTEMPT)
                .set(ATTEMPT.TASK_ID, a.taskId())
                .set(ATTEMPT.ATTEMPT_, a.attempt())
                .set(ATTEMPT.STEP, lower(a.step()))
                .set(ATTEMPT.PROMPT, a.prompt())
                .set(ATTEMPT.RESUME_SESSION, a.resumeSession())
                .set(ATTEMPT.LAUNCH, 0)
                .set(ATTEMPT.BASE_BRANCH, a.baseBranch())
                .set(ATTEMPT.BASE_COMMIT, a.baseCommit())
                .set(ATTEMPT.START_COMMIT, a.startCommit())
                .set(ATTEMPT.RESULT_COMMIT, a.resultCommit())
                .set(ATTEMPT.STDOUT_POSITION, 0L)
                .set(ATTEMPT.STDERR_POSITION, 0L)
                .set(ATTEMPT.DEADLINE_AT, a.deadline().toEpochMilli())
                .set(ATTEMPT.STARTED_AT, a.startedAt().toEpochMilli())
                .execute();
    }

    static UpdateSetFirstStep<?> update(DSLContext tx) {
        return tx.update(ATTEMPT);
    }

    static void enter(DSLContext tx, String taskId, int attempt, Step step) {
        save(tx.update(ATTEMPT).set(ATTEMPT.STEP, lower(step)), taskId, attempt);
    }

    static void save(UpdateSetMoreStep<?> update, String taskId, int attempt) {
        update.where(ATTEMPT.TASK_ID.eq(taskId).and(ATTEMPT.ATTEMPT_.eq(attempt)))
                .execute();
    }

    private static Refusal error(Record r, String code) {
        boolean retryable = Boolean.TRUE.equals(r.get(ATTEMPT.AGENT_ERROR_RETRYABLE));
        return new Refusal(code, r.get(ATTEMPT.AGENT_ERROR_MESSAGE), retryable);
    }

    static Attempt row(Record r) {
        String code = r.get(ATTEMPT.AGENT_ERROR_CODE);
        return new Attempt(
                r.get(ATTEMPT.TASK_ID),
                r.get(ATTEMPT.ATTEMPT_),
                Step.valueOf(r.get(ATTEMPT.STEP).toUpperCase(Locale.ROOT)),
                r.get(ATTEMPT.PROMPT),
                r.get(ATTEMPT.RESUME_SESSION),
                r.get(ATTEMPT.LAUNCH),
                r.get(ATTEMPT.FIRST_SEQ) == null ? 0 : r.get(ATTEMPT.FIRST_SEQ),
                r.get(ATTEMPT.BASE_BRANCH),
                r.get(ATTEMPT.BASE_COMMIT),
                r.get(ATTEMPT.START_COMMIT),
                r.get(ATTEMPT.RESULT_COMMIT),
                r.get(ATTEMPT.STDOUT_POSITION),
                r.get(ATTEMPT.STDERR_POSITION),
                Instant.ofEpochMilli(r.get(ATTEMPT.DEADLINE_AT)),
                instant(r.get(ATTEMPT.AWAITING_SINCE)),
                code == null ? null : error(r, code),
                instant(r.get(ATTEMPT.QUOTA_SINCE)),
                instant(r.get(ATTEMPT.QUOTA_UNTIL)),
                Instant.ofEpochMilli(r.get(ATTEMPT.STARTED_AT)));
    }
}
