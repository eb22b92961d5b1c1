package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// What the kinds of database differ in, as the writer sees them.
interface Engine {

    SQLDialect dialect();

    /// A new connection to write on, in autocommit mode: transactions are begun and ended by statements.
    Connection connect() throws SQLException;

    /// The statement that begins a writing transaction.
    String begin();

    Trouble trouble(SQLException e);

    /// Called in the transaction before its commit, with what its works announced.
    void publish(Connection connection, Collection<Announcement> announcements) throws SQLException;

    /// A name for the running transaction, by which its outcome can be asked when the connection is lost during the
    /// commit; null where such a commit is known to have stored nothing.
    @Nullable
    String mark(Connection connection) throws SQLException;

    /// Whether the marked transaction was committed. Waits for one that is still being committed.
    boolean committed(Connection connection, String mark) throws SQLException;
}
