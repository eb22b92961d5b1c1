package dev.sesame.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Fresh databases for tests, of both kinds: a file, and a database of its own on one real PostgreSQL server, which
/// is started once per JVM when it is first needed.
///
/// ```
/// @ParameterizedTest
/// @MethodSource("dev.sesame.db.TestDatabases#kinds")
/// void keepsTheTask(Kind kind, @TempDir Path directory) {
///     try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
///         database.open().write(…);
/// ```
public final class TestDatabases {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private TestDatabases() {}

    public enum Kind {
        SQLITE,
        POSTGRES
    }

    /// For `@MethodSource`.
    public static Stream<Kind> kinds() {
        return Stream.of(Kind.values());
    }

    /// @param directory the data directory
    public static TestDatabase fresh(Kind kind, Path directory) {
        return switch (kind) {
            case SQLITE -> new TestDatabase(directory, null);
            case POSTGRES -> new TestDatabase(directory, freshPostgres());
        };
    }

    /// The URL of a new and empty database, as `DATABASE_URL` has it.
    public static String freshPostgres() {
        String name = "t" + COUNT.incrementAndGet();
        EmbeddedPostgres running = server();
        administer(running, "CREATE DATABASE " + name);
        return "postgresql://postgres:postgres@localhost:" + running.getPort() + "/" + name;
    }

    /// Runs a statement as the server's administrator.
    public static void administer(String sql) {
        administer(server(), sql);
    }

    private static void administer(EmbeddedPostgres running, String sql) {
        try (Connection connection = DriverManager.getConnection(running.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Every value in every table of a PostgreSQL database, each as it is: an export would change quotes and
    /// backslashes.
    public static String dump(String url) {
        var dump = new StringBuilder();
        try (Connection connection =
                        DriverManager.getConnection(PostgresUrl.parse(url).jdbcUrl(), "postgres", "postgres");
                var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                dump(connection, tables.getString("TABLE_NAME"), dump);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(url, e);
        }
        return dump.toString();
    }

    private static void dump(Connection connection, String table, StringBuilder dump) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            dump.append("-- ").append(table).append('\n');
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    dump.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value)
                            .append('\n');
                }
            }
        }
    }

    private static synchronized EmbeddedPostgres server() {
        EmbeddedPostgres running = server;
        if (running == null) {
            try {
                running = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                server = running;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }
}
