package dev.sesame.db;

import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where everything durable lives. Two kinds exist, SQLite and PostgreSQL; the code above never asks which.
///
/// **Writes.** One writer thread per server drains a queue of writes into one transaction (group commit). Each
/// write runs in a savepoint of its own, so one that throws is undone alone and its caller gets the exception; the
/// others are not touched. A write returns when the transaction is on disk (SQLite `synchronous=FULL`, PostgreSQL
/// `synchronous_commit=on`), so what a caller was told survives `kill -9` and power loss. If the commit itself
/// fails, each write of the group is tried once more alone. A write may therefore run more than once and must have
/// no effect outside the database: signal others only after `write` has returned.
///
/// **Reads** run on a fixed pool of platform threads (native calls would pin virtual ones) and see committed data.
///
/// All methods are safe from any thread; the blocking ones are meant for virtual threads. A database that is locked
/// by another process or whose disk is full makes writes throw [DatabaseUnavailable] after a bounded wait, and
/// [#healthy()] false until a write succeeds again.
public interface Database extends AutoCloseable {

    /// Runs in the writer's transaction and returns once that is durable.
    <T extends @Nullable Object> T write(Work<T> work);

    /// As [#write], without waiting. The future completes on the writer's thread: do nothing slow there.
    <T extends @Nullable Object> CompletableFuture<T> writeAsync(Work<T> work);

    /// Runs a read-only query on a reader's connection.
    <T extends @Nullable Object> T read(Work<T> work);

    /// Whether the last write that got as far as the database could be committed. Known, not tried: costs nothing.
    boolean healthy();

    /// Tells every node, this one included, that something under this name changed. Call it inside a write: it is
    /// sent with the commit and never when the write was undone. Names are short, like `task_abc123`.
    void announce(DSLContext transaction, String channel, String name);

    /// Calls the listener for each announcement on the channel, on a thread of the database's own. After a
    /// connection was lost the listener is called once with an empty name, which means: anything may have changed.
    void listen(String channel, java.util.function.Consumer<String> listener);

    @Override
    void close();

    /// A piece of work against the database. jOOQ for queries, [FixedQuery] for those of most
    /// requests; `transaction.connection(...)` for plain JDBC where throughput matters.
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(DSLContext transaction);
    }
}
