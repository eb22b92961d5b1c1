package dev.sesame.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings the schema up to date. Several servers may do so at once.
///
/// Flyway does it. Where it would find nothing to do it isn't even loaded, which saves a third of the server's
/// start: its own table tells that the newest migration was applied as it is now.
final class Migrations {
    /// To be changed with every new migration.
    static final String NEWEST = "V8__renewed_logins.sql";

    private Migrations() {}

    static void run(DataSource dataSource, Engine engine) {
        if (!upToDate(dataSource)) {
            migrate(dataSource, engine);
        }
    }

    /// @throws DatabaseUnavailable if the schema is another version's, or there is none
    static void requireUpToDate(DataSource dataSource) {
        if (!upToDate(dataSource)) {
            throw new DatabaseUnavailable(
                    "The database can't be reached, or is of another version of Sesame. Start the server once, then try"
                            + " again.",
                    null);
        }
    }

    static boolean upToDate(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement();
                ResultSet newest = statement.executeQuery(
                        "SELECT script, checksum, success FROM flyway_schema_history ORDER BY installed_rank DESC")) {
            return newest.next()
                    && newest.getString(1).equals(NEWEST)
                    && newest.getInt(2) == checksum(NEWEST)
                    && newest.getBoolean(3);
        } catch (SQLException e) {
            // There is no such table yet, or something is wrong that the migration will say.
            return false;
        }
    }

    /// As Flyway reckons it.
    private static int checksum(String script) {
        CRC32 checksum = new CRC32();
        try (InputStream file = Migrations.class.getResourceAsStream("/db/migration/" + script);
                var lines = new BufferedReader(new InputStreamReader(Objects.requireNonNull(file), UTF_8))) {
            lines.lines().forEach(line -> checksum.update(line.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) checksum.getValue();
    }

    private static void migrate(DataSource dataSource, Engine engine) {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    // None: an older server must not work on a newer one's schema.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new DatabaseUnavailable(
                    "The database was written by another version of Sesame, probably a newer one: " + e.getMessage(),
                    e);
        } catch (FlywayException e) {
            var complaint = Sql.complaint(e);
            throw complaint == null
                    ? new DatabaseUnavailable("The schema could not be brought up to date: " + e.getMessage(), e)
                    : engine.trouble(complaint).unavailable(e);
        }
    }
}
