package dev.sesame.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Prepared statements that live as long as their connection: SQLite takes twice as long to prepare a small query as to
/// run it. One thread at a time.
final class Statements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /// Those of a context, if it keeps any.
    static @Nullable Statements of(DSLContext context) {
        return (Statements) context.configuration().data(Statements.class);
    }

    PreparedStatement get(String text) throws SQLException {
        PreparedStatement known = prepared.get(text);
        if (known == null) {
            known = connection.prepareStatement(text);
            prepared.put(text, known);
        }
        return known;
    }
}
