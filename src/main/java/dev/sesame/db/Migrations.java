package dev.sesame.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/// Brings the schema up to date. Several servers may do so at once.
final class Migrations {
    private Migrations() {}

    static void run(DataSource dataSource, Engine engine) {
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
