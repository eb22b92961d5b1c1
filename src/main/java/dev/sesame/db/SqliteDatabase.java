package dev.sesame.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The embedded database: one file (with its WAL beside it), one connection that writes, four that read.
final class SqliteDatabase implements Database {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Announcements announcements = new Announcements();
    private final GroupCommit writer;
    private final SqliteReaders readers;
    private final Runnable onClose;

    SqliteDatabase(Path file, Duration patience, Runnable onClose) {
        this.onClose = onClose;
        keepPrivate(file);
        SqliteEngine engine = new SqliteEngine(file, patience);
        Migrations.run(engine.dataSource(), engine);
        writer = new GroupCommit(engine, announcements, patience);
        readers = new SqliteReaders(engine);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return writer.write(work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> writeAsync(Work<T> work) {
        return writer.submit(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        return readers.read(work);
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
    public void listen(String channel, Consumer<String> listener) {
        announcements.listen(channel, listener);
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
        announcements.close();
        onClose.run();
    }

    /// SQLite gives the files it puts beside the database the same permissions.
    private static void keepPrivate(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw Trouble.LOST.unavailable(e);
        }
    }
}
