package dev.sesame.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/// SQLite in WAL mode; each commit is synced to disk.
final class SqliteEngine implements Engine {
    private static final int WRITER_CACHE_KIB = 16_384;
    private static final int CHECKPOINT_PAGES = 4_000;
    private static final int WAL_BYTES_KEPT = 64 << 20;

    private final Path file;
    private final Duration patience;

    SqliteEngine(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.SQLITE;
    }

    @Override
    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /// Of connections that may write.
    SQLiteDataSource dataSource() {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setCacheSize(-WRITER_CACHE_KIB);
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url());
        return source;
    }

    Connection connectReadOnly() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return config.createConnection(url());
    }

    @Override
    public String begin() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public Trouble trouble(SQLException e) {
        if (!(e instanceof SQLiteException complaint)) {
            return Trouble.NONE;
        }
        SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(complaint.getResultCode().code & 0xff);
        return switch (primary) {
            case SQLITE_FULL -> Trouble.FULL;
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Trouble.LOCKED;
            case SQLITE_READONLY -> Trouble.READ_ONLY;
            case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_NOMEM ->
                Trouble.LOST;
            default -> Trouble.NONE;
        };
    }

    @Override
    public void publish(Connection connection, Collection<Announcement> announcements) {
        // All listeners are in this process.
    }

    @Override
    public @Nullable String mark(Connection connection) {
        return null;
    }

    @Override
    public boolean committed(Connection connection, String mark) {
        return false;
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setBusyTimeout((int) patience.toMillis());
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config;
    }

    private String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }
}
