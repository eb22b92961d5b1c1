package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.db.generated.Tables.PERMISSION;
import static dev.sesame.db.generated.Tables.TASK;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.sesame.agent.AgentOutput;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.UniversalEvent;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableField;

/// What an agent's words mean for other rows than the log's: its session, its usage, its permission requests.
final class AgentFacts {

    private AgentFacts() {}

    static void save(
            DSLContext tx, Journal journal, Attempt attempt, List<AgentOutput> facts, List<UniversalEvent> stored) {
        for (AgentOutput fact : facts) {
            switch (fact) {
                case AgentOutput.SessionStarted(String id) ->
                    tx.update(TASK)
                            .set(TASK.AGENT_SESSION, id)
                            .where(TASK.ID.eq(attempt.taskId()))
                            .execute();
                case AgentOutput.Used used -> saveUsage(tx, journal, attempt, used);
                case AgentOutput.Event _,
                        AgentOutput.Send _,
                        AgentOutput.TurnEnded _,
                        AgentOutput.NotUnderstood _,
                        AgentOutput.QuotaExhausted _ -> {}
            }
        }
        for (UniversalEvent event : stored) {
            if (event.body() instanceof PermissionRequest request) {
                open(tx, attempt, event.seq(), request);
            } else if (event.body() instanceof PermissionResponse response) {
                close(tx, attempt.taskId(), event.timestamp().toEpochMilli(), response);
            }
        }
    }

    private static void open(DSLContext tx, Attempt attempt, long seq, PermissionRequest request) {
        if (request.expiresAt() == null) {
            throw new IllegalArgumentException("Permission request " + request.requestId() + " has no end");
        }
        tx.insertInto(PERMISSION)
                .set(PERMISSION.TASK_ID, attempt.taskId())
                .set(PERMISSION.REQUEST_ID, request.requestId())
                .set(PERMISSION.ATTEMPT, attempt.attempt())
                .set(PERMISSION.SEQ, seq)
                .set(PERMISSION.TOOL_NAME, request.toolName())
                .set(PERMISSION.EXPIRES_AT, request.expiresAt().toEpochMilli())
                .set(PERMISSION.DELIVERED, false)
                .onConflictDoNothing()
                .execute();
    }

    /// The answer is in the log: it is decided now if it wasn't (by policy, or by the attempt's end), and delivered.
    static void close(DSLContext tx, String taskId, long now, PermissionResponse response) {
        var which = PERMISSION.TASK_ID.eq(taskId).and(PERMISSION.REQUEST_ID.eq(response.requestId()));
        tx.update(PERMISSION)
                .set(PERMISSION.DECISION, lower(response.decision()))
                .set(PERMISSION.DECIDED_BY, response.decidedBy())
                .set(PERMISSION.MESSAGE, response.message())
                .set(PERMISSION.DECIDED_AT, now)
                .where(which.and(PERMISSION.DECISION.isNull()))
                .execute();
        tx.update(PERMISSION).set(PERMISSION.DELIVERED, true).where(which).execute();
    }

    private static void saveUsage(DSLContext tx, Journal journal, Attempt attempt, AgentOutput.Used used) {
        AttemptTable.save(
                AttemptTable.update(tx)
                        .set(ATTEMPT.INPUT_TOKENS, used.inputTokens())
                        .set(ATTEMPT.OUTPUT_TOKENS, used.outputTokens())
                        .set(ATTEMPT.CACHED_TOKENS, used.cachedTokens())
                        .set(ATTEMPT.COST_USD, used.costUsd()),
                attempt.taskId(),
                attempt.attempt());
        String task = attempt.taskId();
        journal.change(tx)
                .set(TASK.INPUT_TOKENS, total(ATTEMPT.INPUT_TOKENS, task).cast(Long.class))
                .set(TASK.OUTPUT_TOKENS, total(ATTEMPT.OUTPUT_TOKENS, task).cast(Long.class))
                .set(TASK.CACHED_TOKENS, total(ATTEMPT.CACHED_TOKENS, task).cast(Long.class))
                .set(TASK.COST_USD, total(ATTEMPT.COST_USD, task).cast(Double.class))
                .where(TASK.ID.eq(task))
                .execute();
    }

    private static Field<?> total(TableField<?, ? extends Number> column, String taskId) {
        return select(sum(column))
                .from(ATTEMPT)
                .where(ATTEMPT.TASK_ID.eq(taskId))
                .asField();
    }

    static String lower(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }
}
