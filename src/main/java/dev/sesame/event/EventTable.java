package dev.sesame.event;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/// The SQL of the log, in plain JDBC: appending and replaying are the hottest paths of the server. No rules here.
final class EventTable {

    private static final String TAKE_SEQ =
            "UPDATE event_log SET next_seq = next_seq + ? WHERE task_id = ? AND epoch = ? RETURNING next_seq";
    private static final String INSERT =
            "INSERT INTO event (task_id, seq, kind, created_at, message_start, body) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String COLUMNS = "SELECT seq, kind, created_at, message_start, body FROM event ";
    private static final String AFTER = COLUMNS + "WHERE task_id = ? AND seq > ? ORDER BY seq LIMIT ?";
    private static final String OF_KINDS = COLUMNS
            + "WHERE task_id = ? AND seq >= ? AND seq < ? AND kind IN ('message', 'tool_call', 'tool_result', 'done')"
            + " ORDER BY seq";
    private static final String MESSAGES = COLUMNS + "WHERE task_id = ? AND kind = 'message' ORDER BY seq";
    private static final String LAST = COLUMNS + "WHERE task_id = ? ORDER BY seq DESC LIMIT 1";
    private static final String LAST_DONE =
            "SELECT seq FROM event WHERE task_id = ? AND kind = 'done' ORDER BY seq DESC LIMIT 1";

    private EventTable() {}

    /// Reserves numbers and returns the first; empty if the epoch is not the log's.
    static OptionalLong takeSeqs(DSLContext tx, String taskId, long epoch, int count) {
        return with(tx, TAKE_SEQ, statement -> {
            statement.setLong(1, count);
            statement.setString(2, taskId);
            statement.setLong(3, epoch);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1) - count) : OptionalLong.empty();
            }
        });
    }

    static void insert(DSLContext tx, String taskId, List<StoredEvent> events) {
        with(tx, INSERT, statement -> {
            for (StoredEvent event : events) {
                statement.setString(1, taskId);
                statement.setLong(2, event.seq());
                statement.setString(3, event.kind());
                statement.setLong(4, event.createdAt());
                if (event.message()) {
                    statement.setLong(5, event.messageStart());
                } else {
                    statement.setNull(5, java.sql.Types.BIGINT);
                }
                statement.setString(6, event.body());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        });
    }

    static List<StoredEvent> after(DSLContext tx, String taskId, long after, int limit) {
        return with(tx, AFTER, statement -> {
            statement.setString(1, taskId);
            statement.setLong(2, after);
            statement.setInt(3, limit);
            return rows(statement);
        });
    }

    /// Messages, tool calls, results and ends in a range: what says where things stand.
    static List<StoredEvent> landmarks(DSLContext tx, String taskId, long from, long to) {
        return with(tx, OF_KINDS, statement -> {
            statement.setString(1, taskId);
            statement.setLong(2, from);
            statement.setLong(3, to);
            return rows(statement);
        });
    }

    static List<StoredEvent> messages(DSLContext tx, String taskId) {
        return with(tx, MESSAGES, statement -> {
            statement.setString(1, taskId);
            return rows(statement);
        });
    }

    static List<StoredEvent> last(DSLContext tx, String taskId) {
        return with(tx, LAST, statement -> {
            statement.setString(1, taskId);
            return rows(statement);
        });
    }

    static OptionalLong lastDone(DSLContext tx, String taskId) {
        return with(tx, LAST_DONE, statement -> {
            statement.setString(1, taskId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    private static List<StoredEvent> rows(PreparedStatement statement) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long seq = row.getLong(1);
                long start = row.getLong(4);
                events.add(new StoredEvent(
                        seq, row.getString(2), row.getLong(3), row.wasNull() ? seq : start, row.getString(5)));
            }
        }
        return events;
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private static <T> T with(DSLContext tx, String sql, Use<T> use) {
        return tx.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return use.of(statement);
            }
        });
    }
}
