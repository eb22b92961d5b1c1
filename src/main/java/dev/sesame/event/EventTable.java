package dev.sesame.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Predicate;
import org.jooq.DSLContext;

/// The statements of the log, in plain JDBC: they run for every event.
final class EventTable {
    private static final String COLUMNS = "SELECT seq, kind, created_at, message_start, body FROM event";
    /// Of rows that a driver fetches at a time; one may be large.
    private static final int FETCH = 100;

    private EventTable() {}

    /// Moves the log's end by `count` if the epoch is the present one. Returns the new end, -1 if it isn't.
    static long extend(DSLContext tx, String taskId, long epoch, int count) {
        return tx.connectionResult(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE event_log SET next_seq = next_seq + ? WHERE task_id = ? AND epoch = ? RETURNING next_seq")) {
                update.setLong(1, count);
                update.setString(2, taskId);
                update.setLong(3, epoch);
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? row.getLong(1) : -1;
                }
            }
        });
    }

    static void insert(DSLContext tx, String taskId, List<StoredEvent> events, List<String> bodies) {
        tx.connection(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO event"
                    + " (task_id, seq, kind, created_at, message_start, body) VALUES (?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < events.size(); i++) {
                    StoredEvent event = events.get(i);
                    insert.setString(1, taskId);
                    insert.setLong(2, event.seq());
                    insert.setString(3, event.kind());
                    insert.setLong(4, event.createdAt());
                    if (event.isMessage()) {
                        insert.setLong(5, event.messageStart());
                    } else {
                        insert.setNull(5, Types.BIGINT);
                    }
                    insert.setString(6, bodies.get(i));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    /// Gives the events after a seq in order, until there is none or the visitor has had enough.
    static void scan(DSLContext tx, String taskId, long after, Predicate<StoredEvent> more) {
        visit(tx, " AND seq > ? ORDER BY seq", more, taskId, after);
    }

    /// As [#scan], only the messages and only those before `end`.
    static void scanMessages(DSLContext tx, String taskId, long from, long end, Predicate<StoredEvent> more) {
        visit(tx, " AND seq >= ? AND seq < ? AND kind = 'message' ORDER BY seq", more, taskId, from, end);
    }

    /// Gives the newest event that meets an SQL condition, if there is one.
    static void newest(DSLContext tx, String taskId, String condition, Predicate<StoredEvent> visitor) {
        visit(tx, condition + " ORDER BY seq DESC LIMIT 1", visitor, taskId);
    }

    private static void visit(DSLContext tx, String rest, Predicate<StoredEvent> more, String taskId, long... bounds) {
        tx.connection(connection -> {
            try (PreparedStatement query = prepare(connection, COLUMNS + " WHERE task_id = ?" + rest)) {
                query.setString(1, taskId);
                for (int i = 0; i < bounds.length; i++) {
                    query.setLong(2 + i, bounds[i]);
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next() && more.test(read(rows))) {
                        // The visitor does it.
                    }
                }
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(FETCH);
        return query;
    }

    private static StoredEvent read(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        long start = row.getLong(4);
        long messageStart = row.wasNull() ? seq : start;
        return new StoredEvent(seq, row.getString(2), row.getLong(3), messageStart, row.getBytes(5));
    }
}
