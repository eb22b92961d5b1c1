package dev.sesame.task;

import static dev.sesame.db.generated.Tables.PERMISSION;

import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionResponse;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Decisions on permission requests, on their way from whoever decided to the agent.
///
/// A decision is a row that anyone may write, once; only the run that owns the task turns it into an event and an
/// answer to the agent.
final class Answers {

    /// Who decided when nobody did: a rule of ours.
    static final String POLICY = "policy";

    private Answers() {}

    /// Decided and not delivered yet, oldest request first.
    static List<PermissionResponse> decided(DSLContext tx, String taskId) {
        return tx.selectFrom(PERMISSION)
                .where(PERMISSION
                        .TASK_ID
                        .eq(taskId)
                        .and(PERMISSION.DELIVERED.eq(false))
                        .and(PERMISSION.DECISION.isNotNull()))
                .orderBy(PERMISSION.SEQ)
                .fetch(r -> new PermissionResponse(
                        r.get(PERMISSION.REQUEST_ID),
                        decision(r.get(PERMISSION.DECISION)),
                        r.get(PERMISSION.DECIDED_BY),
                        r.get(PERMISSION.MESSAGE)));
    }

    static boolean exists(DSLContext tx, String taskId, String requestId) {
        return tx.fetchExists(PERMISSION, PERMISSION.TASK_ID.eq(taskId).and(PERMISSION.REQUEST_ID.eq(requestId)));
    }

    /// Decides, if nobody has; false if someone was faster.
    static boolean decide(DSLContext tx, String taskId, PermissionResponse response, long now) {
        return tx.update(PERMISSION)
                        .set(PERMISSION.DECISION, AgentFacts.lower(response.decision()))
                        .set(PERMISSION.DECIDED_BY, response.decidedBy())
                        .set(PERMISSION.MESSAGE, response.message())
                        .set(PERMISSION.DECIDED_AT, now)
                        .where(PERMISSION
                                .TASK_ID
                                .eq(taskId)
                                .and(PERMISSION.REQUEST_ID.eq(response.requestId()))
                                .and(PERMISSION.DECISION.isNull()))
                        .execute()
                == 1;
    }

    /// The open request that expires first; null if none is open.
    static @Nullable Long nextExpiry(DSLContext tx, String taskId) {
        return tx.select(DSL.min(PERMISSION.EXPIRES_AT))
                .from(PERMISSION)
                .where(PERMISSION.TASK_ID.eq(taskId).and(PERMISSION.DECISION.isNull()))
                .fetchOneInto(Long.class);
    }

    /// Denies what has waited too long.
    static void expire(DSLContext tx, String taskId, long now) {
        deny(tx, taskId, PERMISSION.EXPIRES_AT.le(now), "timeout", "Nobody answered in time", now);
    }

    /// Denies what nobody can answer any more.
    static void denyOpen(DSLContext tx, String taskId, long now) {
        deny(tx, taskId, DSL.noCondition(), POLICY, "The attempt ended", now);
    }

    private static void deny(DSLContext tx, String taskId, Condition which, String by, String message, long now) {
        tx.update(PERMISSION)
                .set(PERMISSION.DECISION, AgentFacts.lower(Decision.DENY))
                .set(PERMISSION.DECIDED_BY, by)
                .set(PERMISSION.MESSAGE, message)
                .set(PERMISSION.DECIDED_AT, now)
                .where(PERMISSION
                        .TASK_ID
                        .eq(taskId)
                        .and(PERMISSION.DECISION.isNull())
                        .and(which))
                .execute();
    }

    static String payload(PermissionResponse r) {
        String message = r.message();
        return String.join(
                "\n", r.requestId(), AgentFacts.lower(r.decision()), r.decidedBy(), message == null ? "" : message);
    }

    static PermissionResponse fromPayload(String payload) {
        String[] part = payload.split("\n", 4);
        return new PermissionResponse(part[0], decision(part[1]), part[2], part[3].isEmpty() ? null : part[3]);
    }

    private static Decision decision(String stored) {
        return Decision.valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
