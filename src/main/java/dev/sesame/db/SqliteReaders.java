package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Four platform threads, each with a read-only connection that it opens when it first needs it. A native call
/// would pin a virtual thread to its carrier, and there are as many carriers as cores.
final class SqliteReaders implements AutoCloseable {
    private static final int READERS = 4;

    private final SqliteEngine engine;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("sesame-db-reader-", 1).factory());
    private final ThreadLocal<@Nullable Connection> connection = new ThreadLocal<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

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
        open.forEach(SqliteReaders::closeQuietly);
    }

    /// In a transaction, so that all its queries see the same state.
    private <T extends @Nullable Object> T run(Database.Work<T> work) {
        try {
            Connection reader = connection();
            execute(reader, "BEGIN");
            try {
                return work.run(Sql.on(reader, engine.dialect()));
            } finally {
                execute(reader, "COMMIT");
            }
        } catch (SQLException e) {
            discard();
            throw engine.trouble(e).unavailable(e);
        } catch (RuntimeException e) {
            RuntimeException failure = Sql.readFailure(e, engine);
            if (failure instanceof DatabaseUnavailable) {
                discard();
            }
            throw failure;
        }
    }

    private Connection connection() throws SQLException {
        Connection reader = connection.get();
        if (reader == null) {
            reader = engine.connectReadOnly();
            open.add(reader);
            connection.set(reader);
        }
        return reader;
    }

    private void discard() {
        Connection reader = connection.get();
        connection.remove();
        if (reader != null) {
            open.remove(reader);
            closeQuietly(reader);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing to lose: it only read.
        }
    }
}
