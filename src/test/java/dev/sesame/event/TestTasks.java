package dev.sesame.event;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.db.TestUsers;
import org.jooq.DSLContext;

/// The rows that an event log needs to exist.
public final class TestTasks {
    private TestTasks() {}

    public static void insert(DSLContext tx, String id) {
        TestUsers.add(tx, "user_1");
        tx.insertInto(TASK)
                .set(TASK.ID, id)
                .set(TASK.USER_ID, "user_1")
                .set(TASK.TITLE, "t")
                .set(TASK.PROMPT, "p")
                .set(TASK.STATUS, "processing")
                .set(TASK.PROGRESS, 0)
                .set(TASK.AGENT, "demo")
                .set(TASK.REPOSITORY, "r")
                .set(TASK.BRANCH, "b")
                .set(TASK.PERMISSION_MODE, "auto")
                .set(TASK.KEEP_ALIVE, false)
                .set(TASK.PULL_REQUEST, "none")
                .set(TASK.ATTEMPT, 1)
                .set(TASK.START_MODE, "fresh")
                .set(TASK.CREATED_AT, 0L)
                .set(TASK.QUEUED_AT, 0L)
                .set(TASK.UPDATED_AT, 0L)
                .set(TASK.CHANGE_SEQ, 0L)
                .execute();
    }
}
