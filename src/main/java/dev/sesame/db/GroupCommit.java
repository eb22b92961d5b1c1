package dev.sesame.db;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one writer: a platform thread with a connection of its own that takes what is queued, at most 512 works,
/// into one transaction. The contract is [Database]'s.
///
/// A group that fails as a whole is tried again work by work, each in a transaction of its own. When the
/// connection is lost during a commit, the writer asks the database for the outcome before it tries anything
/// again, so no work is ever stored twice.
final class GroupCommit implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int LARGEST_GROUP = 512;
    private static final int LONGEST_QUEUE = 16_384;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);
    private static final Duration PROBE_PAUSE = Duration.ofSeconds(1);
    /// How long to ask for the outcome of a commit whose connection was lost, in patiences.
    private static final int DOUBT = 6;

    private final Engine engine;
    private final Announcements announcements;
    private final Duration patience;
    private final BlockingQueue<Pending<?>> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    private final Thread thread;
    private volatile boolean healthy = true;
    private volatile boolean closed;

    // Of the writer's thread.
    private @Nullable WriterSession session;
    private @Nullable Pending<?> running;

    /// Connects at once.
    ///
    /// @param patience how long to try to reach a database that can't be reached
    /// @throws DatabaseUnavailable if the database can't be reached
    GroupCommit(Engine engine, Announcements announcements, Duration patience) {
        this.engine = engine;
        this.announcements = announcements;
        this.patience = patience;
        try {
            connect(patience);
        } catch (SQLException e) {
            throw engine.trouble(e).unavailable(e);
        }
        thread = Thread.ofPlatform().daemon().name("sesame-db-writer").unstarted(this::work);
        thread.start();
    }

    boolean healthy() {
        return healthy;
    }

    <T extends @Nullable Object> T write(Database.Work<T> work) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("A write within a write would wait for itself");
        }
        try {
            return submit(work).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    <T extends @Nullable Object> CompletableFuture<T> submit(Database.Work<T> work) {
        Pending<T> pending = new Pending<>(work);
        if (!closed && !enqueued(pending)) {
            pending.fail(new DatabaseUnavailable("The database can't keep up with the writes. Try again later.", null));
        } else if (closed && (queue.remove(pending) || !thread.isAlive())) {
            pending.fail(closing());
        }
        return pending.answer();
    }

    void announce(String channel, String name) {
        Pending<?> pending = running;
        if (Thread.currentThread() != thread || pending == null) {
            throw new IllegalStateException("Announced outside a write");
        }
        pending.announce(new Announcement(channel, name));
    }

    /// Finishes what is queued and ends.
    @Override
    public void close() {
        closed = true;
        queue.offer(new Pending<>(_ -> true));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean enqueued(Pending<?> pending) {
        try {
            return queue.offer(pending)
                    || (Thread.currentThread() != thread
                            && queue.offer(pending, patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void work() {
        List<Pending<?>> group = new ArrayList<>(LARGEST_GROUP);
        while (!closed || !queue.isEmpty()) {
            Pending<?> first = next();
            if (first == null) {
                first = new Pending<>(Probe::write);
            }
            group.add(first);
            queue.drainTo(group, LARGEST_GROUP - 1);
            commit(group);
            group.clear();
        }
        drop();
        for (Pending<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(closing());
        }
    }

    /// The next work; null when it is time to see whether a database that failed works again.
    private @Nullable Pending<?> next() {
        while (true) {
            try {
                return healthy ? queue.take() : queue.poll(PROBE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody may stop the writer but close().
            }
        }
    }

    private void commit(List<Pending<?>> group) {
        Failure failure = attempt(group);
        if (failure == null) {
            return;
        }
        if (failure.hopeless()) {
            group.forEach(pending -> refuse(pending, failure));
            return;
        }
        Failure last = null;
        for (Pending<?> pending : group) {
            if (last == null || !last.hopeless()) {
                last = attempt(List.of(pending));
            }
            if (last != null) {
                refuse(pending, last);
            }
        }
    }

    private void refuse(Pending<?> pending, Failure failure) {
        if (failure.trouble == Trouble.NONE) {
            pending.fail(new org.jooq.exception.DataAccessException("The commit failed", failure.cause));
        } else {
            if (healthy) {
                LOG.log(System.Logger.Level.ERROR, "{0} ({1})", failure.trouble.explanation(), failure.cause);
            }
            healthy = false;
            pending.fail(failure.inDoubt ? inDoubt(failure.cause) : failure.trouble.unavailable(failure.cause));
        }
    }

    /// Runs the works in one transaction and answers their callers. If that is not to be, nothing is stored,
    /// nobody is answered, and the reason is returned.
    private @Nullable Failure attempt(List<Pending<?>> group) {
        String mark = null;
        boolean begun = false;
        boolean committing = false;
        Set<Announcement> announced = new LinkedHashSet<>();
        try {
            WriterSession open = begin();
            begun = true;
            mark = engine.mark(open.connection());
            run(group, open, announced);
            if (group.size() == 1 && group.getFirst().failed()) {
                open.rollback();
            } else {
                engine.publish(open.connection(), announced);
                committing = true;
                open.commit();
                healthy = true;
            }
        } catch (SQLException e) {
            Trouble trouble = abandon(e);
            boolean lost = committing && trouble == Trouble.LOST;
            Boolean stored = lost ? outcome(mark) : Boolean.FALSE;
            if (stored == null || !stored) {
                return new Failure(trouble, e, begun, stored == null);
            }
        } finally {
            running = null;
        }
        group.forEach(Pending::settle);
        announcements.deliver(announced);
        return null;
    }

    private void run(List<Pending<?>> group, WriterSession open, Set<Announcement> announced) throws SQLException {
        boolean guarded = group.size() > 1;
        for (Pending<?> pending : group) {
            running = pending;
            if (guarded) {
                open.save();
            }
            pending.run(open, engine);
            if (guarded && pending.failed()) {
                open.undo();
            } else if (guarded) {
                open.keep();
            }
            announced.addAll(pending.announced());
        }
    }

    /// Begins a transaction, on a new connection if the old one turns out to be dead.
    private WriterSession begin() throws SQLException {
        WriterSession open = session;
        if (open != null) {
            try {
                open.begin();
                return open;
            } catch (SQLException e) {
                if (!needsNewConnection(engine.trouble(e))) {
                    throw e;
                }
                drop();
            }
        }
        // When it is known to be gone, the callers shall not each wait for it.
        open = connect(healthy ? patience : Duration.ZERO);
        open.begin();
        return open;
    }

    private WriterSession connect(Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                WriterSession open = new WriterSession(engine);
                session = open;
                return open;
            } catch (SQLException e) {
                if (engine.trouble(e) != Trouble.LOST || System.nanoTime() - until >= 0) {
                    throw e;
                }
                pause();
            }
        }
    }

    /// Gets rid of the transaction, and of the connection if that is broken.
    private Trouble abandon(SQLException reason) {
        Trouble trouble = engine.trouble(reason);
        WriterSession open = session;
        if (open != null && !needsNewConnection(trouble)) {
            try {
                open.rollback();
            } catch (SQLException e) {
                // On a full disk SQLite has rolled back by itself, and says that there is nothing to roll back.
                if (engine.trouble(e) != Trouble.NONE) {
                    drop();
                }
            }
        } else {
            drop();
        }
        return trouble;
    }

    /// Whether a transaction was stored whose connection was lost during the commit; null if it can't be found out.
    private @Nullable Boolean outcome(@Nullable String mark) {
        if (mark == null) {
            return false;
        }
        long until = System.nanoTime() + patience.toNanos() * DOUBT;
        while (System.nanoTime() - until < 0) {
            try {
                return engine.committed(connect(patience).connection(), mark);
            } catch (SQLException e) {
                drop();
                pause();
            }
        }
        return null;
    }

    /// After a failover the old connection may lead to what is now a read-only standby.
    private static boolean needsNewConnection(Trouble trouble) {
        return trouble == Trouble.LOST || trouble == Trouble.READ_ONLY;
    }

    private void drop() {
        WriterSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            // Bounded by the caller.
        }
    }

    private static DatabaseUnavailable closing() {
        return new DatabaseUnavailable("The server is shutting down.", null);
    }

    private static DatabaseUnavailable inDoubt(SQLException cause) {
        return new DatabaseUnavailable(
                "The connection to the database was lost during a commit; whether it was stored isn't known.", cause);
    }

    /// Why a transaction was not stored.
    ///
    /// @param begun whether the database could be reached and the transaction begun
    private record Failure(Trouble trouble, SQLException cause, boolean begun, boolean inDoubt) {
        /// Whether another try right now can only fail again, after another wait.
        boolean hopeless() {
            return inDoubt || (!begun && trouble != Trouble.COLLISION);
        }
    }
}
