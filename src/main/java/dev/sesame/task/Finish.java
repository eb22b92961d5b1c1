package dev.sesame.task;

import static dev.sesame.db.generated.Tables.AGENT_INPUT;
import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Failure;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.git.GitException.Reason;
import dev.sesame.task.Task.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The only place where an attempt ends: in one transaction the last events, the `done`, the attempt's and the
/// task's rows. That transaction looks at the queue again, so a follow-up that came during the push is not
/// forgotten.
final class Finish {

    /// Errors of an attempt whose work is there and good, that are none of the push.
    private static final Set<String> BEFORE_THE_PUSH =
            Set.of(Outcome.CANCELLED, Reason.SECRET_IN_DIFF.code(), "internal_error");

    private final Run run;
    private final TaskTable tasks;

    Finish(Run run) {
        this.run = run;
        this.tasks = new TaskTable(run.engine().database());
    }

    /// Whether only the push or the pull request failed, so that a retry repeats only that.
    static boolean failedAtThePush(Task task, Attempt last) {
        Refusal error = task.error();
        return error != null
                && last.resultCommit() != null
                && last.agentError() == null
                && !BEFORE_THE_PUSH.contains(error.code());
    }

    /// Ends it so, or as cancelled where a cancel was committed before: whoever asked for that was told that it holds.
    void finish(Outcome outcome) {
        try {
            end(outcome);
        } catch (CancelledBeforeEnd e) {
            end(Outcome.cancelled());
        }
    }

    private void end(Outcome outcome) {
        new Login(run, run.engine().agent(run.task().agent())).end(); // whatever ended the attempt
        Refusal error = outcome instanceof Outcome.Failed(Refusal e) ? e : null;
        TaskStatus status = error == null ? TaskStatus.COMPLETED : TaskStatus.FAILED;
        List<EventBody> bodies = new ArrayList<>();
        for (PermissionResponse answer : lateAnswers()) {
            bodies.add(answer);
            if (!answer.decidedBy().equals(Answers.POLICY)) {
                bodies.add(new Log(LogType.WARNING, "The agent ended before it got the answer to its request"));
            }
        }
        if (outcome instanceof Outcome.Completed(String remark) && remark != null) {
            bodies.add(new Log(LogType.INFO, remark));
        }
        List<FollowUp> unsent = error == null ? List.of() : queued();
        unsent.stream().map(FollowUp::notSent).forEach(bodies::add);
        if (error != null) {
            bodies.add(new Failure(error.code(), error.message(), error.retryable()));
        }
        bodies.add(new Done(status.wire()));
        boolean cancelled = isCancel(error);
        run.journal().write(bodies, (tx, stored) -> {
            if (!cancelled) {
                CancelledBeforeEnd.check(run, tx);
            }
            stored.forEach(event -> {
                if (event.body() instanceof PermissionResponse response) {
                    AgentFacts.close(tx, run.task().id(), event.timestamp().toEpochMilli(), response);
                }
            });
            endAttempt(tx);
            unsent.forEach(followUp -> followUp.drop(tx));
            endTask(tx, status, error);
        });
        new Cleanup(run.engine()).afterAttempt(run.task());
    }

    private static boolean isCancel(@Nullable Refusal error) {
        return error != null && error.code().equals(Outcome.CANCELLED);
    }

    private List<FollowUp> queued() {
        return run.engine().database().read(tx -> FollowUp.queued(tx, run.task().id()));
    }

    /// Answers that the agent did not get any more; who decided meanwhile is named, nobody else can from now on.
    private List<PermissionResponse> lateAnswers() {
        String id = run.task().id();
        return run.engine().database().write(tx -> {
            Answers.denyOpen(tx, id, run.now().toEpochMilli());
            return Answers.decided(tx, id);
        });
    }

    private void endAttempt(DSLContext tx) {
        AttemptTable.save(
                AttemptTable.update(tx)
                        .set(ATTEMPT.STEP, TaskTable.lower(Step.DONE))
                        .set(ATTEMPT.ENDED_AT, run.now().toEpochMilli()),
                run.task().id(),
                run.task().attempt());
        tx.deleteFrom(AGENT_INPUT)
                .where(AGENT_INPUT.TASK_ID.eq(run.task().id()))
                .execute();
    }

    /// What is queued now came after the attempt's last look at the queue: the task goes on with it, as if it had come
    /// after the end, however that is. Only a cancel stands.
    private void endTask(DSLContext tx, TaskStatus status, @Nullable Refusal reason) {
        Task task = TaskTable.find(tx, run.task().id()).orElseThrow();
        Instant now = run.now();
        List<FollowUp> late = FollowUp.queued(tx, task.id());
        boolean cancelled = isCancel(reason);
        if (cancelled) {
            late.forEach(followUp -> followUp.drop(tx));
        }
        boolean goesOn = !cancelled && !late.isEmpty();
        TaskStatus next = goesOn ? TaskStatus.PENDING : status;
        Refusal error = goesOn ? null : reason;
        tasks.change(tx, task, next, now)
                .setNull(TASK.PHASE)
                .setNull(TASK.OWNER_NODE)
                .setNull(TASK.CANCEL_REQUESTED_AT)
                .set(TASK.ERROR_CODE, error == null ? null : error.code())
                .set(
                        TASK.ERROR_MESSAGE,
                        error == null ? null : run.journal().redactor().redact(error.message()))
                .set(TASK.PROGRESS, goesOn ? 0 : status == TaskStatus.COMPLETED ? 100 : task.progress())
                .set(TASK.COMPLETED_AT, goesOn ? null : now.toEpochMilli())
                .set(TASK.ATTEMPT, goesOn ? task.attempt() + 1 : task.attempt())
                .set(TASK.START_MODE, TaskTable.lower(goesOn ? StartMode.FOLLOW_UP : task.startMode()))
                .set(TASK.QUEUED_AT, TaskTable.endOfQueue(tx, task.userId(), now))
                .where(TASK.ID.eq(task.id()))
                .execute();
        tasks.intend(tx, task.id());
        run.engine().terminals().over(tx, task.id());
    }
}
