package dev.sesame.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL, 13 or later. Announcements travel as notifications on one channel of the database.
final class PostgresEngine implements Engine {
    /// Of notifications; also a prefix that keeps us out of others' way.
    static final String CHANNEL = "sesame";
    /// PostgreSQL refuses notifications of 8,000 bytes and more.
    private static final int LARGEST_NOTIFICATION = 7_900;

    private static final int OLDEST_SERVER = 13;

    private final PostgresUrl url;
    private final Duration patience;
    private final String self = Ids.next("node");

    PostgresEngine(PostgresUrl url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    /// Tells this server's own notifications, which it has no use for, from the others'.
    String self() {
        return self;
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.POSTGRES;
    }

    /// For pools and migrations.
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        properties().forEach((name, value) -> setProperty(source, (String) name, (String) value));
        return source;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties());
        try (var statement = connection.createStatement()) {
            refuseUnsuitable(connection);
            statement.execute("SET lock_timeout = " + patience.toMillis());
            // An acknowledged write must be on disk. A stronger setting of the operator's is kept.
            statement.execute("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') IN ('off', 'local')");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String begin() {
        return "BEGIN";
    }

    @Override
    public Trouble trouble(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "40001", "40P01" -> Trouble.COLLISION;
            case "53100" -> Trouble.FULL;
            case "55P03" -> Trouble.LOCKED;
            case "25006" -> Trouble.READ_ONLY;
            default ->
                state.startsWith("08")
                                || state.startsWith("28")
                                || state.startsWith("3D")
                                || state.startsWith("53")
                                || state.startsWith("57P")
                                || state.startsWith("58")
                        ? Trouble.LOST
                        : Trouble.NONE;
        };
    }

    @Override
    public void publish(Connection connection, Collection<Announcement> announcements) throws SQLException {
        if (announcements.isEmpty()) {
            return;
        }
        try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', ?)")) {
            StringBuilder text = new StringBuilder(self);
            int bytes = self.length();
            for (Announcement announcement : announcements) {
                String line = "\n" + announcement.channel() + " " + announcement.name();
                int length = line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
                if (bytes + length > LARGEST_NOTIFICATION) {
                    send(notify, text.toString());
                    text.setLength(self.length());
                    bytes = self.length();
                }
                text.append(line);
                bytes += length;
            }
            send(notify, text.toString());
        }
    }

    private static void send(PreparedStatement notify, String text) throws SQLException {
        notify.setString(1, text);
        notify.execute();
    }

    @Override
    public @Nullable String mark(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public boolean committed(Connection connection, String mark) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT pg_xact_status(?::xid8)")) {
            query.setString(1, mark);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String status = row.getString(1);
                if ("in progress".equals(status) || status == null) {
                    throw new SQLException("The outcome of transaction " + mark + " is not known yet");
                }
                return "committed".equals(status);
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        int seconds = (int) Math.max(1, patience.toSeconds());
        properties.setProperty("connectTimeout", Integer.toString(seconds));
        properties.setProperty("socketTimeout", Integer.toString(6 * seconds));
        properties.setProperty("tcpKeepAlive", "true");
        url.properties().forEach(properties::setProperty);
        return properties;
    }

    private static void setProperty(PGSimpleDataSource source, String name, String value) {
        try {
            source.setProperty(name, value);
        } catch (SQLException e) {
            throw new IllegalArgumentException("DATABASE_URL has an unknown parameter " + name, e);
        }
    }

    private static void refuseUnsuitable(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER) {
            throw new DatabaseUnavailable(
                    "PostgreSQL %d is too old; Sesame needs %d or later.".formatted(version, OLDEST_SERVER), null);
        }
        String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
        if (!"UTF8".equals(encoding)) {
            throw new DatabaseUnavailable(
                    "The PostgreSQL database has the encoding %s; Sesame needs UTF8.".formatted(encoding), null);
        }
    }
}
