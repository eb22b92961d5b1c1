package dev.sesame.db;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens the database of a server.
public final class Databases {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private static final String FILE = "sesame.db";

    private Databases() {}

    /// Takes the data directory for this process (creating it if need be), opens the database and brings its schema
    /// up to date. Blocks. Closing the database gives the directory back.
    ///
    /// @param databaseUrl of a PostgreSQL, as `postgresql://user:password@host:port/name?sslmode=…` or in JDBC's
    ///     form; null for the embedded database in the data directory
    /// @throws IllegalArgumentException if the URL is none of a PostgreSQL
    /// @throws DatabaseUnavailable if another server uses the directory, or the database can't be reached or is
    ///     of a newer version; the message is for the operator
    public static Database open(Path dataDirectory, @Nullable String databaseUrl) {
        PostgresUrl url = databaseUrl == null || databaseUrl.isBlank() ? null : PostgresUrl.parse(databaseUrl.strip());
        DirectoryLock lock = DirectoryLock.take(dataDirectory);
        try {
            return url == null
                    ? new SqliteDatabase(dataDirectory.resolve(FILE), SqliteDatabase.PATIENCE, lock::release)
                    : new PostgresDatabase(url, PostgresDatabase.PATIENCE, lock::release);
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    /// Whether a server may have been here: false before the first start with an embedded database.
    public static boolean areThere(Path dataDirectory, @Nullable String databaseUrl) {
        return (databaseUrl != null && !databaseUrl.isBlank()) || Files.exists(dataDirectory.resolve(FILE));
    }

    /// Opens the database of a server that may be running, for a command that does one thing. Takes no lock and
    /// changes no schema. Writes wait for the server's, and the server's for them.
    ///
    /// @throws DatabaseUnavailable if there is none, it can't be reached, or its schema is another version's
    public static Database beside(Path dataDirectory, @Nullable String databaseUrl) {
        PostgresUrl url = databaseUrl == null || databaseUrl.isBlank() ? null : PostgresUrl.parse(databaseUrl.strip());
        Path file = dataDirectory.resolve(FILE);
        if (!areThere(dataDirectory, databaseUrl)) {
            throw new DatabaseUnavailable("There is no database in " + dataDirectory + ". Set DATA_DIR.", null);
        }
        Migrations.requireUpToDate(
                url == null
                        ? new SqliteEngine(file, SqliteDatabase.PATIENCE).dataSource()
                        : new PostgresEngine(url, PostgresDatabase.PATIENCE).dataSource());
        return url == null
                ? new SqliteDatabase(file, SqliteDatabase.PATIENCE, () -> {})
                : new PostgresDatabase(url, PostgresDatabase.PATIENCE, () -> {});
    }
}
