package dev.sesame.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

final class SqliteDatabaseTest extends DatabaseContract {
    private final AtomicInteger transactions = new AtomicInteger();

    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.SQLITE;
    }

    @Override
    DataSource dataSource() {
        return new SqliteEngine(fixture.file(), SHORT_PATIENCE).dataSource();
    }

    /// SQLite has no number for a transaction; a temporary table that lives as long does.
    @Override
    String transaction(DSLContext tx) {
        if (!"in".equals(tx.fetchValue("SELECT content FROM fact WHERE name = 'transaction'"))) {
            tx.execute("INSERT INTO fact VALUES ('transaction', 'in')");
            transactions.incrementAndGet();
        }
        return Integer.toString(transactions.get());
    }

    @Test
    void lockedByAnotherProcessIsSaidAfterABoundedWaitAndHeals() throws Exception {
        database = fixture.open(SHORT_PATIENCE);
        database.write(tx -> put(tx, "before", "x"));
        try (Connection other = DriverManager.getConnection(fixture.jdbcUrl());
                var statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int n = i;
                waiting.add(database.writeAsync(tx -> put(tx, "n" + n, "x")));
            }
            assertThatThrownBy(() -> database.write(tx -> put(tx, "a", "x")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("locked");
            assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(database.healthy()).isFalse();
            assertThat(stored("before")).isEqualTo("x");
            statement.execute("ROLLBACK");
        }
        await(database::healthy);
        assertThat(stored("a")).isNull();
        database.write(tx -> put(tx, "a", "x"));
    }

    @Test
    void aFullDiskRefusesWhatDoesNotFitAndTakesTheRest() throws Exception {
        limitPages(100);
        CountDownLatch queued = holdTheWriter();
        CompletableFuture<Boolean> small = database.writeAsync(tx -> put(tx, "small", "x"));
        CompletableFuture<Boolean> large = database.writeAsync(tx -> put(tx, "large", "x".repeat(1_000_000)));
        CompletableFuture<Boolean> other = database.writeAsync(tx -> put(tx, "other", "x"));
        queued.countDown();

        assertThatThrownBy(large::join)
                .cause()
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("full");
        assertThat(small.join()).isTrue();
        assertThat(other.join()).isTrue();
        assertThat(stored("large")).isNull();

        limitPages(1_000_000);
        database.write(tx -> put(tx, "large", "x".repeat(1_000_000)));
        assertThat(database.healthy()).isTrue();
    }

    @Test
    void lockedByAnotherProcessForGoodIsSaidByTheNextServer() throws Exception {
        fixture.close();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        fixture.file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            Database waiting = fixture.open(SHORT_PATIENCE);
            assertThatThrownBy(() -> waiting.write(tx -> put(tx, "a", "x")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("locked");
            assertThat(waiting.healthy()).isFalse();
            other.destroyForcibly().waitFor();
            await(waiting::healthy);
            waiting.write(tx -> put(tx, "a", "x"));
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() {
        assertThatThrownBy(() -> Databases.open(directory, null))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("Another Sesame server (process "
                        + ProcessHandle.current().pid() + ")")
                .hasMessageContaining(directory.toString());
        fixture.reopen();
    }

    @Test
    void theFilesAreTheOwnersAlone() throws Exception {
        database.write(tx -> put(tx, "a", "1"));
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("sesame.db"))
                    .toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void commitsAreSyncedAndForeignKeysHold() {
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("foreign_keys")).isEqualTo("1");
    }

    /// The writer's connection refuses to let the file grow beyond, as a full disk would.
    private void limitPages(int pages) {
        assertThat(pragma("max_page_count = " + pages)).isEqualTo(Integer.toString(pages));
    }

    /// On the writer's connection.
    private String pragma(String pragma) {
        return database.write(tx -> String.valueOf(tx.fetchValue("PRAGMA " + pragma)));
    }
}
