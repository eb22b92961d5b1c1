package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// jOOQ on a connection of ours.
final class Sql {
    private static final Settings SETTINGS =
            new Settings().withRenderSchema(false).withRenderCatalog(false).withExecuteLogging(false);

    private Sql() {}

    static DSLContext on(Connection connection, SQLDialect dialect) {
        return DSL.using(connection, dialect, SETTINGS);
    }

    /// As [#on], for a connection that stays: the statements of fixed queries are kept with it.
    static DSLContext keeping(Connection connection, SQLDialect dialect) {
        DSLContext context = on(connection, dialect);
        context.configuration().data(Statements.class, new Statements(connection));
        return context;
    }

    static String text(Query query, SQLDialect dialect) {
        return DSL.using(dialect, SETTINGS).render(query);
    }

    /// The database's own complaint within a failure, if there is one.
    static @Nullable SQLException complaint(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }

    /// What a reader's failure is to its caller: its own, or that the database is not there.
    static RuntimeException readFailure(RuntimeException failure, Engine engine) {
        SQLException complaint = complaint(failure);
        Trouble trouble = complaint == null ? Trouble.NONE : engine.trouble(complaint);
        return trouble == Trouble.NONE || trouble == Trouble.READ_ONLY ? failure : trouble.unavailable(failure);
    }
}
