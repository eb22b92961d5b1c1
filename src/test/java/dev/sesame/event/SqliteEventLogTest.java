package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.db.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SqliteEventLogTest extends EventLogContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.SQLITE;
    }

    @Test
    void aFullDiskStopsAnAppendWithoutATraceAndItGoesOnWhereItWas() {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("before"));
        limitPages(80);
        String large = "x".repeat(60_000);
        try (TestReader reader = new TestReader(log, TASK, -1, FullText.EACH)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            append(TASK, epoch, log(large));
                        }
                    })
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("full");
            long stored = log.nextSeq(TASK);
            assertThat(reader.readAll()).hasSize((int) stored);

            limitPages(1_000_000);
            assertThat(append(TASK, epoch, log("after")).getFirst().seq()).isEqualTo(stored);
            assertThat(reader.readAll()).hasSize(1);
            assertThat(log.page(TASK, -1, 1000)).hasSize((int) stored + 1);
        }
    }

    @Test
    void aLockedDatabaseStopsAnAppendAndItGoesOnWhenItIsFree() throws Exception {
        database = fixture.open(Duration.ofMillis(300));
        log = new EventLog(database, clock);
        long epoch = newTask(TASK);
        append(TASK, epoch, log("0"));
        try (Connection other = DriverManager.getConnection(fixture.jdbcUrl());
                var statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> append(TASK, epoch, log("refused"))).isInstanceOf(DatabaseUnavailable.class);
            assertThat(log.page(TASK, -1, 10)).hasSize(1);
            statement.execute("ROLLBACK");
        }
        assertThat(append(TASK, epoch, log("1")).getFirst().seq()).isEqualTo(1);
        assertThat(texts(TASK)).containsExactly("0", "1");
    }

    /// The writer's connection refuses to let the file grow beyond, as a full disk would.
    private void limitPages(int pages) {
        database.write(tx -> String.valueOf(tx.fetchValue("PRAGMA max_page_count = " + pages)));
    }
}
