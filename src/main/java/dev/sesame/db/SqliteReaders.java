package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Four platform threads, each with a read-only connection that it opens when it first needs it. A native call
/// would pin a virtual thread to its carrier, and there are as many carriers as cores.
final class SqliteReaders implements AutoCloseable {
    private static final int READERS = 4;

    private final SqliteEngine engine;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("sesame-db-reader-", 1).factory());
    private final Deque<Reader> idle = new ConcurrentLinkedDeque<>();

    /// @param context on the connection
    private record Reader(Connection connection, DSLContext context) {}

    SqliteReaders(SqliteEngine engine) {
        this.engine = engine;
    }

    <T extends @Nullable Object> T read(Database.Work<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> run(work), threads).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        } catch (RejectedExecutionException e) {
            throw new DatabaseUnavailable("The server is shutting down.", e);
        }
    }

    @Override
    public void close() {
        threads.close();
        idle.forEach(SqliteReaders::closeQuietly);
    }

    private <T extends @Nullable Object> T run(Database.Work<T> work) {
        Reader reader = null;
        try {
            reader = idle.poll();
            reader = reader == null ? connect() : reader;
            T result = inTransaction(reader, work);
            idle.push(reader);
            return result;
        } catch (SQLException e) {
            closeQuietly(reader);
            throw engine.trouble(e).unavailable(e);
        } catch (RuntimeException e) {
            // Whatever state it is in, a new one is clean.
            closeQuietly(reader);
            throw Sql.readFailure(e, engine);
        }
    }

    private Reader connect() throws SQLException {
        Connection connection = engine.connectReadOnly();
        return new Reader(connection, Sql.keeping(connection, engine.dialect()));
    }

    /// So that all its queries see the same state.
    private <T extends @Nullable Object> T inTransaction(Reader reader, Database.Work<T> work) throws SQLException {
        execute(reader.connection, "BEGIN");
        T result = work.run(reader.context);
        execute(reader.connection, "COMMIT");
        return result;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void closeQuietly(@Nullable Reader reader) {
        try {
            if (reader != null) {
                reader.connection.close();
            }
        } catch (SQLException e) {
            // Nothing to lose: it only read.
        }
    }
}
