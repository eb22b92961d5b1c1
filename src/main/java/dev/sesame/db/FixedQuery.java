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
    private final IdentityHashMap<Field<?>, Integer> places = new IdentityHashMap<>();
    private final Map<SQLDialect, String> texts = new ConcurrentHashMap<>();

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
        query.getSelect().forEach(field -> places.put(field, places.size() + 1));
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
        Integer place = places.get(field);
        if (place == null) {
            throw new IllegalArgumentException(field + " is not selected");
        }
        try {
            return (V) read(rows, place, field.getType());
        } catch (SQLException e) {
            throw new IllegalStateException("Reading " + field, e);
        }
    }

    /// To ask whether a column is null costs as much as to read it: only what reads as zero can be.
    private static @Nullable Object read(ResultSet rows, int place, Class<?> type) throws SQLException {
        if (type == String.class) {
            return rows.getString(place);
        } else if (type == Long.class) {
            long value = rows.getLong(place);
            return (value == 0 && rows.wasNull()) ? null : (Long) value;
        } else if (type == Integer.class) {
            int value = rows.getInt(place);
            return (value == 0 && rows.wasNull()) ? null : (Integer) value;
        } else if (type == Boolean.class) {
            boolean value = rows.getBoolean(place);
            return (!value && rows.wasNull()) ? null : (Boolean) value;
        } else if (type == Double.class) {
            double value = rows.getDouble(place);
            return (value == 0 && rows.wasNull()) ? null : (Double) value;
        }
        throw new IllegalArgumentException("No column is of " + type);
    }
}
