package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;

/// The writer's connection and the statements that frame its transactions. Used by the writer's thread alone.
final class WriterSession implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final DSLContext dsl;
    private final String begin;

    WriterSession(Engine engine) throws SQLException {
        connection = engine.connect();
        statement = connection.createStatement();
        dsl = Sql.on(connection, engine.dialect());
        begin = engine.begin();
    }

    Connection connection() {
        return connection;
    }

    DSLContext dsl() {
        return dsl;
    }

    void begin() throws SQLException {
        statement.execute(begin);
    }

    void commit() throws SQLException {
        statement.execute("COMMIT");
    }

    void rollback() throws SQLException {
        statement.execute("ROLLBACK");
    }

    void save() throws SQLException {
        statement.execute("SAVEPOINT work");
    }

    void keep() throws SQLException {
        statement.execute("RELEASE SAVEPOINT work");
    }

    void undo() throws SQLException {
        statement.execute("ROLLBACK TO SAVEPOINT work");
        keep();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is thrown away because it is broken, or at the end.
        }
    }
}
