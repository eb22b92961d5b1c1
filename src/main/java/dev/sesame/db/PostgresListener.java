package dev.sesame.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Hears what other servers announce, on a connection and a thread of its own. After each connect the listeners are
/// told that anything may have changed, since nobody heard what was said in between.
final class PostgresListener implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// How long to wait for a word before making sure that the connection is still there.
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final PostgresEngine engine;
    private final Announcements announcements;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    PostgresListener(PostgresEngine engine, Announcements announcements) {
        this.engine = engine;
        this.announcements = announcements;
        thread = Thread.ofPlatform().daemon().name("sesame-db-listen").start(this::work);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // Closed already.
            }
        }
    }

    private void work() {
        while (!closed) {
            try (Connection open = engine.connect()) {
                connection = open;
                listen(open);
            } catch (SQLException | RuntimeException e) {
                pause();
            }
        }
    }

    private void listen(Connection open) throws SQLException {
        PGConnection postgres = open.unwrap(PGConnection.class);
        try (var statement = open.createStatement()) {
            statement.execute("LISTEN " + PostgresEngine.CHANNEL);
            announcements.deliverAnything();
            while (!closed) {
                PGNotification[] heard = postgres.getNotifications((int) SILENCE.toMillis());
                if (heard == null || heard.length == 0) {
                    statement.execute("SELECT 1");
                } else {
                    announcements.deliver(read(heard));
                }
            }
        }
    }

    private List<Announcement> read(PGNotification[] heard) {
        List<Announcement> announced = new ArrayList<>();
        for (PGNotification notification : heard) {
            String[] lines = notification.getParameter().split("\n", -1);
            if (!lines[0].equals(engine.self())) {
                for (int i = 1; i < lines.length; i++) {
                    int space = lines[i].indexOf(' ');
                    announced.add(new Announcement(lines[i].substring(0, space), lines[i].substring(space + 1)));
                }
            }
        }
        return announced;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            // Closing.
        }
    }
}
