package dev.sesame.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/// A query of which only the arguments change, on the way of most requests. To make its text takes jOOQ longer than the
/// database takes to answer, so that is done once for each kind of database; the rest is plain JDBC. Safe from any
/// thread.
///
/// @param <T> what a row becomes
public final class FixedQuery<T> {
    private final Select<?> query;
    private final Function<Row, T> mapper;
    private final IdentityHashMap<Field<?>, Column> columns = new IdentityHashMap<>();
    private final Map<SQLDialect, String> texts = new ConcurrentHashMap<>();

    /// Where a field is in a row, and how it is read.
    private record Column(int place, Reader reader) {}

    private interface Reader {
        @Nullable
        Object read(ResultSet rows, int place) throws SQLException;
    }

    /// One row of a result, or whatever else has its fields.
    public interface Row {
        /// @param field as generated, of the table it is read from; two tables may have one of the same name
        <V> V get(Field<V> field);
    }

    /// @param query with any values where the arguments will be
    @SuppressWarnings("deprecation") // these are the very fields that were generated, those of fields() are not
    public FixedQuery(Select<?> query, Function<Row, T> mapper) {
        this.query = query;
        this.mapper = mapper;
        query.getSelect().forEach(field -> columns.put(field, new Column(columns.size() + 1, reader(field.getType()))));
    }

    /// @param arguments in the order of the query's text
    public List<T> fetch(DSLContext tx, Object... arguments) {
        String text = texts.computeIfAbsent(tx.dialect(), dialect -> Sql.text(query, dialect));
        Statements kept = Statements.of(tx);
        return tx.connectionResult(connection -> {
            if (kept != null) {
                return run(kept.get(text), arguments);
            }
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                return run(statement, arguments);
            }
        });
    }

    /// As [#fetch], of a query that finds one row at most.
    public Optional<T> fetchOptional(DSLContext tx, Object... arguments) {
        return fetch(tx, arguments).stream().findFirst();
    }

    private List<T> run(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        try (ResultSet rows = statement.executeQuery()) {
            return rows(rows);
        }
    }

    private List<T> rows(ResultSet rows) throws SQLException {
        var all = new ArrayList<T>();
        Row row = new Row() {
            @Override
            public <V> V get(Field<V> field) {
                return value(rows, field);
            }
        };
        while (rows.next()) {
            all.add(mapper.apply(row));
        }
        return all;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // null where the column has no value, as jOOQ's records give it
    private <V> V value(ResultSet rows, Field<V> field) {
        Column column = columns.get(field);
        if (column == null) {
            throw new IllegalArgumentException(field + " is not selected");
        }
        try {
            return (V) column.reader.read(rows, column.place);
        } catch (SQLException e) {
            throw new IllegalStateException("Reading " + field, e);
        }
    }

    /// To ask whether a column is null costs as much as to read it: only what reads as zero can be.
    private static Reader reader(Class<?> type) {
        if (type == String.class) {
            return ResultSet::getString;
        } else if (type == Long.class) {
            return (rows, place) -> orNull(rows, rows.getLong(place), 0L);
        } else if (type == Integer.class) {
            return (rows, place) -> orNull(rows, rows.getInt(place), 0);
        } else if (type == Boolean.class) {
            return (rows, place) -> orNull(rows, rows.getBoolean(place), false);
        } else if (type == Double.class) {
            return (rows, place) -> orNull(rows, rows.getDouble(place), 0.0);
        }
        throw new IllegalArgumentException("No column is of " + type);
    }

    private static @Nullable Object orNull(ResultSet rows, Object value, Object zero) throws SQLException {
        return value.equals(zero) && rows.wasNull() ? null : value;
    }
}
