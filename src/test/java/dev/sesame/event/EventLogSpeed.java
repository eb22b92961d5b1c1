package dev.sesame.event;

import dev.sesame.db.Database;
import dev.sesame.db.Databases;
import dev.sesame.db.TestDatabases;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Measures the log alone, without agents and HTTP: opening, appending from 50 tasks, one appender's wait,
/// reading all. Run its `main`; with the argument `postgres` on an embedded server (fsync off there).
final class EventLogSpeed {
    private static final int TASKS = 50;
    private static final int LINES = 4_000;
    private static final int BATCH = 40;
    private static final int REPLAYED = 100_000;
    private static final String LINE = "x".repeat(300);
    private static final Redactor REDACTOR =
            new SecretRedactor(List.of("sk-ant-api03-0123456789abcdef", "ghp_0123456789abcdefghij"));

    private EventLogSpeed() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments.length > 0 ? TestDatabases.freshPostgres() : null;
        Path directory = Files.createTempDirectory("sesame-speed");
        open("new database", directory, url).close();
        open("up to date", directory, url).close();
        try (Database database = open("again", directory, url)) {
            EventLog log = new EventLog(database, Clock.systemUTC());
            for (int round = 1; round <= 3; round++) {
                append(database, log, "round" + round);
            }
            wait(database, log);
            replay(database, log);
        } finally {
            delete(directory);
        }
    }

    private static Database open(String what, Path directory, @Nullable String url) {
        long start = System.nanoTime();
        Database database = Databases.open(directory, url);
        System.out.printf("open, %s: %.0f ms%n", what, millisSince(start));
        return database;
    }

    private static void append(Database database, EventLog log, String name) {
        long[] epochs = new long[TASKS];
        for (int t = 0; t < TASKS; t++) {
            epochs[t] = newTask(database, log, name + t);
        }
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < TASKS; t++) {
                int task = t;
                threads.execute(() -> appendLines(log, name + task, epochs[task], LINES, BATCH));
            }
        }
        double seconds = millisSince(start) / 1000;
        System.out.printf(
                "append, %d tasks, %d bytes, %d a batch: %.0f lines/s%n",
                TASKS, LINE.length(), BATCH, TASKS * LINES / seconds);
    }

    private static void wait(Database database, EventLog log) {
        long epoch = newTask(database, log, "alone");
        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long start = System.nanoTime();
            appendLines(log, "alone", epoch, 1, 1);
            waits.add(millisSince(start));
        }
        Collections.sort(waits);
        System.out.printf("append, one alone: p50 %.2f ms, p99 %.2f ms%n", waits.get(500), waits.get(990));
    }

    private static void replay(Database database, EventLog log) {
        appendLines(log, "long", newTask(database, log, "long"), REPLAYED, 500);
        for (int round = 1; round <= 5; round++) {
            long start = System.nanoTime();
            double first = 0;
            long bytes = 0;
            try (EventCursor cursor = log.cursor("long", -1, FullText.EACH)) {
                for (EventCursor.Batch batch = cursor.next(64 << 10);
                        !batch.frames().isEmpty();
                        batch = cursor.next(64 << 10)) {
                    first = first == 0 ? millisSince(start) : first;
                    bytes += batch.frames().stream()
                            .mapToInt(frame -> frame.length)
                            .sum();
                }
            }
            System.out.printf(
                    "replay, %d events, %d MB: first %.1f ms, all %.0f ms%n",
                    REPLAYED, bytes >> 20, first, millisSince(start));
        }
    }

    private static long newTask(Database database, EventLog log, String id) {
        return database.write(tx -> {
            TestTasks.insert(tx, id);
            log.create(tx, id);
            return log.take(tx, id);
        });
    }

    private static void appendLines(EventLog log, String task, long epoch, int lines, int batch) {
        for (int i = 0; i < lines; i += batch) {
            List<EventBody> bodies = new ArrayList<>(batch);
            for (int n = 0; n < batch; n++) {
                bodies.add(new Log(LogType.INFO, LINE));
            }
            log.append(task, epoch, bodies, REDACTOR, (_, _) -> {});
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
