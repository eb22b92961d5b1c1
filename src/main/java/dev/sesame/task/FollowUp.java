package dev.sesame.task;

import static dev.sesame.db.generated.Tables.FOLLOW_UP;

import dev.sesame.db.FixedQuery;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.LogType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Something the user said after the prompt.
///
/// @param takenSeq where in the event log it was taken; null while it is queued, and for one that was dropped
record FollowUp(
        String id, String taskId, String content, @Nullable Long takenSeq, Instant createdAt) {

    private static final String QUEUED = "queued";
    private static final String TAKEN = "taken";
    private static final String DROPPED = "dropped";

    private static final FixedQuery<FollowUp> SAID = new FixedQuery<>(
            DSL.selectFrom(FOLLOW_UP)
                    .where(FOLLOW_UP.TASK_ID.eq("").and(FOLLOW_UP.STATE.ne(DSL.inline(DROPPED))))
                    .orderBy(FOLLOW_UP.N),
            FollowUp::row);

    /// The log event that marks its place in the conversation.
    EventBody.Log announcement() {
        return new EventBody.Log(LogType.INFO, "Follow-up: " + content, id);
    }

    static void queue(DSLContext tx, FollowUp followUp) {
        long next = tx.select(DSL.coalesce(DSL.max(FOLLOW_UP.N).plus(1L), 0L))
                .from(FOLLOW_UP)
                .where(FOLLOW_UP.TASK_ID.eq(followUp.taskId))
                .fetchSingle()
                .value1();
        tx.insertInto(FOLLOW_UP)
                .set(FOLLOW_UP.ID, followUp.id)
                .set(FOLLOW_UP.TASK_ID, followUp.taskId)
                .set(FOLLOW_UP.N, next)
                .set(FOLLOW_UP.CONTENT, followUp.content)
                .set(FOLLOW_UP.STATE, QUEUED)
                .set(FOLLOW_UP.CREATED_AT, followUp.createdAt.toEpochMilli())
                .execute();
    }

    /// The log event that keeps its words when it is dropped (their middle left out if they are very many).
    EventBody.Log notSent() {
        return new EventBody.Log(LogType.WARNING, "Not sent, since the task ended before: " + content);
    }

    static Optional<FollowUp> next(DSLContext tx, String taskId) {
        return queued(tx, taskId).stream().findFirst();
    }

    static List<FollowUp> queued(DSLContext tx, String taskId) {
        return tx.selectFrom(FOLLOW_UP)
                .where(FOLLOW_UP.TASK_ID.eq(taskId).and(FOLLOW_UP.STATE.eq(QUEUED)))
                .orderBy(FOLLOW_UP.N)
                .fetch(record -> row(record::get));
    }

    /// Those that were taken and those that wait. What was dropped no agent ever heard: it is in the log alone.
    static List<FollowUp> said(DSLContext tx, String taskId) {
        return SAID.fetch(tx, taskId);
    }

    void take(DSLContext tx, long seq) {
        tx.update(FOLLOW_UP)
                .set(FOLLOW_UP.STATE, TAKEN)
                .set(FOLLOW_UP.TAKEN_SEQ, seq)
                .where(FOLLOW_UP.ID.eq(id))
                .execute();
    }

    /// Takes one out of the queue; false if it is not in it.
    static boolean remove(DSLContext tx, String taskId, String id) {
        return tx.deleteFrom(FOLLOW_UP)
                        .where(FOLLOW_UP
                                .ID
                                .eq(id)
                                .and(FOLLOW_UP.TASK_ID.eq(taskId))
                                .and(FOLLOW_UP.STATE.eq(QUEUED)))
                        .execute()
                == 1;
    }

    /// Takes it out of the queue, if it is still in it, since its task failed or was cancelled.
    void drop(DSLContext tx) {
        tx.update(FOLLOW_UP)
                .set(FOLLOW_UP.STATE, DROPPED)
                .where(FOLLOW_UP.ID.eq(id).and(FOLLOW_UP.STATE.eq(QUEUED)))
                .execute();
    }

    private static FollowUp row(FixedQuery.Row r) {
        return new FollowUp(
                r.get(FOLLOW_UP.ID),
                r.get(FOLLOW_UP.TASK_ID),
                r.get(FOLLOW_UP.CONTENT),
                r.get(FOLLOW_UP.TAKEN_SEQ),
                Instant.ofEpochMilli(r.get(FOLLOW_UP.CREATED_AT)));
    }
}
