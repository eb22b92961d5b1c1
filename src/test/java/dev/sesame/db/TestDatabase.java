package dev.sesame.db;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One database of a test, which can be closed and opened again as a restarted server would.
public final class TestDatabase implements AutoCloseable {
    private final Path directory;
    private final @Nullable String url;
    private @Nullable Database open;

    TestDatabase(Path directory, @Nullable String url) {
        this.directory = directory;
        this.url = url;
    }

    /// As the server opens it; the same object until it is closed.
    public Database open() {
        Database database = open;
        if (database == null) {
            database = Databases.open(directory, url);
            open = database;
        }
        return database;
    }

    /// With less patience than a server has, for tests of what happens when it runs out.
    public Database open(Duration patience) {
        close();
        Database database = url == null
                ? new SqliteDatabase(file(), patience, () -> {})
                : new PostgresDatabase(PostgresUrl.parse(url), patience, () -> {});
        open = database;
        return database;
    }

    /// Of another server on the same database; the caller closes it. PostgreSQL only.
    public Database openElsewhere(Path otherDirectory) {
        return Databases.open(otherDirectory, url);
    }

    public Database reopen() {
        close();
        return open();
    }

    /// A JDBC URL for looking at the database from outside.
    public String jdbcUrl() {
        return url == null
                ? "jdbc:sqlite:" + file()
                : PostgresUrl.parse(url).jdbcUrl() + "?user=postgres&password=postgres";
    }

    PostgresEngine postgresEngine(Duration patience) {
        return new PostgresEngine(PostgresUrl.parse(java.util.Objects.requireNonNull(url)), patience);
    }

    Path file() {
        return directory.resolve("sesame.db");
    }

    @Override
    public void close() {
        Database database = open;
        open = null;
        if (database != null) {
            database.close();
        }
    }
}
