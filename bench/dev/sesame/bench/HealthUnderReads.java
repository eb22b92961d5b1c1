package dev.sesame.bench;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.db.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Health while all readers of the database wait: a lock on the table of tasks, held for a second at a time, has four
/// requests for the list take that second. On PostgreSQL, where a lock can be held from outside.
final class HealthUnderReads implements Measurement {
    private static final int ROUNDS = 8;

    @Override
    public String name() {
        return "health";
    }

    @Override
    public List<Figure> measure() throws Exception {
        String url = TestDatabases.freshPostgres();
        var health = new Samples();
        var list = new Samples();
        try (var server = SesameServer.start(Map.of("DATABASE_URL", url, "ENCRYPTION_KEY", "0123456789abcdef".repeat(4)));
                Connection lock = DriverManager.getConnection(
                        url.replaceFirst(".*@", "jdbc:postgresql://"), "postgres", "postgres")) {
            HttpUser user = server.admin();
            lock.setAutoCommit(false);
            for (int i = 0; i < 300; i++) {
                server.anonymous().get("/api/health");
            }
            for (int round = 0; round < ROUNDS; round++) {
                try (Statement statement = lock.createStatement()) {
                    statement.execute("LOCK TABLE task IN ACCESS EXCLUSIVE MODE");
                }
                long start = System.nanoTime();
                List<Thread> readers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    readers.add(Thread.startVirtualThread(() -> user.get("/api/tasks")));
                }
                while (System.nanoTime() - start < 1_000_000_000L) {
                    long before = System.nanoTime();
                    server.anonymous().get("/api/health");
                    health.add(System.nanoTime() - before);
                }
                lock.rollback();
                for (Thread reader : readers) {
                    reader.join();
                }
                list.add(System.nanoTime() - start);
            }
        }
        return List.of(
                Figure.fact("four database reads at once, each", list.millis(0.5), "ms"),
                Figure.atMost("health during four 1 s database reads, p99", health.millis(0.99), "ms", 10));
    }
}
