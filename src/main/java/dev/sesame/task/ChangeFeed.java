package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_TOMBSTONE;

import dev.sesame.task.Tasks.Change;
import dev.sesame.task.Tasks.Changes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jooq.DSLContext;

/// The changes of a user's tasks: each task once, at the place of its last change.
final class ChangeFeed {

    private ChangeFeed() {}

    static Changes after(DSLContext tx, String userId, long after, int limit) {
        List<Change> changes = new ArrayList<>(tx.selectFrom(TASK)
                .where(TASK.USER_ID.eq(userId).and(TASK.CHANGE_SEQ.gt(after)))
                .orderBy(TASK.CHANGE_SEQ)
                .limit(limit)
                .fetch(row -> {
                    Task task = TaskTable.row(row::get);
                    return new Change(task.changeSeq(), task.id(), TaskView.inList(task));
                }));
        changes.addAll(tx.selectFrom(TASK_TOMBSTONE)
                .where(TASK_TOMBSTONE.USER_ID.eq(userId).and(TASK_TOMBSTONE.CHANGE_SEQ.gt(after)))
                .orderBy(TASK_TOMBSTONE.CHANGE_SEQ)
                .limit(limit)
                .fetch(row -> new Change(row.get(TASK_TOMBSTONE.CHANGE_SEQ), row.get(TASK_TOMBSTONE.TASK_ID), null)));
        changes.sort(Comparator.comparingLong(Change::seq));
        List<Change> page = changes.size() > limit ? List.copyOf(changes.subList(0, limit)) : changes;
        return new Changes(page, page.isEmpty() ? after : page.getLast().seq());
    }
}
