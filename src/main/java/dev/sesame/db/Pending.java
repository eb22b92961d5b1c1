package dev.sesame.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A write on its way: the work, what came of it in the running transaction, and who waits for it.
final class Pending<T extends @Nullable Object> {
    private final Database.Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final List<Announcement> announced = new ArrayList<>(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Pending(Database.Work<T> work) {
        this.work = work;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /// Runs the work. What it throws is its own affair and kept for [#settle], unless it means trouble for the
    /// whole transaction.
    void run(WriterSession session, Engine engine) throws SQLException {
        announced.clear();
        result = null;
        failure = null;
        try {
            result = work.run(session.dsl());
        } catch (Throwable t) {
            SQLException complaint = Sql.complaint(t);
            if (complaint != null && engine.trouble(complaint) != Trouble.NONE) {
                throw complaint;
            }
            announced.clear();
            failure = t;
        }
    }

    boolean failed() {
        return failure != null;
    }

    void announce(Announcement announcement) {
        announced.add(announcement);
    }

    List<Announcement> announced() {
        return announced;
    }

    /// Tells the caller what [#run] brought.
    @SuppressWarnings("NullAway") // null is a result like any other
    void settle() {
        if (failure == null) {
            answer.complete(result);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    void fail(Throwable reason) {
        answer.completeExceptionally(reason);
    }
}
