package dev.sesame.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, shared by several servers: a connection that writes, one that listens, a pool that reads. The driver
/// is all Java, so reads run on the caller's own, virtual, thread.
final class PostgresDatabase implements Database {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int READERS = 10;

    private final PostgresEngine engine;
    private final Announcements announcements = new Announcements();
    private final GroupCommit writer;
    private final HikariDataSource readers;
    private final PostgresListener listener;
    private final Runnable onClose;

    PostgresDatabase(PostgresUrl url, Duration patience, Runnable onClose) {
        this.onClose = onClose;
        engine = new PostgresEngine(url, patience);
        // First, since it waits for a database that is just starting.
        writer = new GroupCommit(engine, announcements, patience);
        try {
            Migrations.run(engine.dataSource(), engine);
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
        readers = new HikariDataSource(pool(patience));
        listener = new PostgresListener(engine, announcements);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return writer.write(work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> writeAsync(Work<T> work) {
        return writer.submit(work);
    }

    /// In a transaction, so that all its queries see the same state.
    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        try (Connection reader = readers.getConnection()) {
            return work.run(Sql.on(reader, engine.dialect()));
        } catch (SQLException e) {
            throw Trouble.LOST.unavailable(e);
        } catch (RuntimeException e) {
            throw Sql.readFailure(e, engine);
        }
    }

    @Override
    public boolean healthy() {
        return writer.healthy();
    }

    @Override
    public void announce(DSLContext transaction, String channel, String name) {
        writer.announce(channel, name);
    }

    @Override
    public void listen(String channel, Consumer<String> consumer) {
        announcements.listen(channel, consumer);
    }

    @Override
    public void close() {
        listener.close();
        writer.close();
        readers.close();
        announcements.close();
        onClose.run();
    }

    private HikariConfig pool(Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sesame-db-readers");
        config.setDataSource(engine.dataSource());
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(patience.toMillis(), 250));
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return config;
    }
}
