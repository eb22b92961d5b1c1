package dev.sesame.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLogTest {
    private static final byte[] KEY =
            "a key of 32 bytes, for tests onl".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Actor ADA = new Actor("user_ada", null, "10.0.0.1");
    private static final Actor BOB = new Actor("user_bob", "key_1", "10.0.0.2");
    private static final List<String> COLUMNS =
            List.of("n", "created_at", "actor", "action", "target", "ip", "details", "mac");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void entries_are_listed_newest_first_with_filters_and_total(Kind kind) {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            log.add(ADA, AuditAction.USER_SIGN_IN, "user_ada", Map.of());
            log.add(BOB, AuditAction.TASK_CREATE, "task_1", Map.of("agent", "demo"));
            log.add(ADA, AuditAction.TASK_CREATE, "task_2", Map.of());

            assertThat(log.list(null, null, 2, 0).entries())
                    .extracting(AuditEntry::target)
                    .containsExactly("task_2", "task_1");
            assertThat(log.list(null, null, 2, 2).entries())
                    .extracting(AuditEntry::n)
                    .containsExactly(1L);
            assertThat(log.list(null, null, 2, 2).total()).isEqualTo(3);
            assertThat(log.list(AuditAction.TASK_CREATE, "user_bob", 50, 0).entries())
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.ip()).isEqualTo("10.0.0.2");
                        assertThat(entry.details()).isEqualTo("{\"agent\":\"demo\",\"keyId\":\"key_1\"}");
                    });
            assertThat(log.list(AuditAction.TASK_CREATE, "user_bob", 50, 0).total())
                    .isEqualTo(1);
            assertThat(log.verify(null))
                    .isEqualTo(new Verdict(3, log.verify(null).head(), null));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void an_entry_and_what_it_records_are_there_together_or_not_at_all(Kind kind) {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            assertThatThrownBy(() -> database.open().write(tx -> {
                        log.add(tx, ADA, AuditAction.USER_DELETE, "user_bob", Map.of());
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");

            assertThat(log.list(null, null, 50, 0).total()).isZero();
            assertThat(log.verify(null).whole()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_people_send_is_made_storable(Kind kind) {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            log.add(
                    ADA,
                    AuditAction.USER_SIGN_IN_FAILED,
                    "a\u0000b\ud800\n" + "\uD83D\uDE00".repeat(500),
                    Map.of("text", "a\u0000\ud800\""));

            String target = log.list(null, null, 1, 0).entries().getFirst().target();
            assertThat(target).startsWith("a\uFFFDb\uFFFD\uFFFD\uD83D\uDE00");
            assertThat(target.codePointCount(0, target.length())).isEqualTo(400);
            assertThat(log.verify(null).fault()).isNull();
        }
    }

    /// Every byte of every column of every row, one after the other.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void any_changed_byte_is_found(Kind kind) throws SQLException {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            fill(log, 2);
            try (Connection outside = DriverManager.getConnection(database.jdbcUrl())) {
                outside.setAutoCommit(true);
                for (int n = 1; n <= 2; n++) {
                    for (String column : COLUMNS) {
                        changeEachByte(outside, log, "audit_entry", column, "n = " + n);
                    }
                }
                for (String column : List.of("name", "entries", "mac", "seal")) {
                    changeEachByte(outside, log, "audit_head", column, "1 = 1");
                }
            }
            assertThat(log.verify(null).whole()).isTrue();
        }
    }

    private static void changeEachByte(Connection outside, AuditLog log, String table, String column, String row)
            throws SQLException {
        String before = value(outside, table, column, row);
        for (int i = 0; i < before.length(); i++) {
            boolean number = List.of("n", "created_at", "entries").contains(column);
            char other = number ? (char) ('0' + (before.charAt(i) - '0' + 5) % 10) : (char) (before.charAt(i) ^ 1);
            String after = before.substring(0, i) + other + before.substring(i + 1);
            String literal = number ? after : "'" + after.replace("'", "''") + "'";
            execute(outside, "UPDATE " + table + " SET " + column + " = " + literal + " WHERE " + row);
            assertThat(log.verify(null).whole())
                    .as("%s.%s of %s as %s instead of %s", table, column, row, after, before)
                    .isFalse();
            String changed = column.equals("n") ? "n = " + after : row;
            String original = number ? before : "'" + before.replace("'", "''") + "'";
            execute(outside, "UPDATE " + table + " SET " + column + " = " + original + " WHERE " + changed);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_cut_tail_is_found_even_if_the_head_is_made_to_fit_and_the_log_goes_on(Kind kind) throws SQLException {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            fill(log, 5);
            String noted = log.verify(null).head();
            try (Connection outside = DriverManager.getConnection(database.jdbcUrl())) {
                String mac = value(outside, "audit_entry", "mac", "n = 3");
                execute(outside, "DELETE FROM audit_entry WHERE n > 3");
                assertThat(log.verify(null).fault()).isEqualTo("Entries 4 to 5 are missing: the log was cut");

                execute(outside, "UPDATE audit_head SET entries = 3, mac = '" + mac + "'");
                assertThat(log.verify(null).fault()).startsWith("The head was changed");

                fill(log, 2);
                assertThat(log.verify(null).fault()).startsWith("Entry 4 was changed");
                assertThat(log.verify(noted).whole()).isFalse();

                execute(outside, "DELETE FROM audit_head");
                execute(outside, "DELETE FROM audit_entry WHERE n > 2");
                assertThat(log.verify(null).fault()).startsWith("The head is missing");
                log(database.reopen());
                fill(log(database.open()), 1);
                assertThat(log(database.open()).verify(null).fault()).startsWith("Entry 3 was changed");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_database_that_was_put_back_as_a_whole_is_found_by_a_noted_head(Kind kind) throws SQLException {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            AuditLog log = log(database.open());
            fill(log, 2);
            try (Connection outside = DriverManager.getConnection(database.jdbcUrl())) {
                String mac = value(outside, "audit_head", "mac", "1 = 1");
                String seal = value(outside, "audit_head", "seal", "1 = 1");
                fill(log, 2);
                String noted = log.verify(null).head();
                execute(outside, "DELETE FROM audit_entry WHERE n > 2");
                execute(outside, "UPDATE audit_head SET entries = 2, mac = '" + mac + "', seal = '" + seal + "'");

                assertThat(log.verify(null).whole()).isTrue();
                assertThat(log.verify(noted).fault()).startsWith("There are only 2 entries");
                fill(log, 2);
                assertThat(log.verify(noted).fault()).startsWith("Entry 4 is another");
                assertThat(log.verify("2:" + mac).whole()).isTrue();
            }
        }
    }

    @Test
    void two_nodes_that_write_at_once_make_one_chain(@TempDir Path other) throws Exception {
        try (TestDatabase database = TestDatabases.fresh(Kind.POSTGRES, directory);
                Database elsewhere = database.openElsewhere(other);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<AuditLog> nodes = List.of(log(database.open()), log(elsewhere));
            List<Future<?>> writes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                AuditLog node = nodes.get(i % 2);
                writes.add(threads.submit(() -> node.add(ADA, AuditAction.TASK_CREATE, "task", Map.of())));
            }
            for (Future<?> write : writes) {
                write.get();
            }

            assertThat(nodes.getFirst().verify(null).entries()).isEqualTo(100);
            assertThat(nodes.getFirst().verify(null).fault()).isNull();
        }
    }

    private static AuditLog log(Database database) {
        return new AuditLog(database, KEY, Clock.systemUTC());
    }

    private static void fill(AuditLog log, int entries) {
        for (int i = 0; i < entries; i++) {
            log.add(BOB, AuditAction.SETTING_CHANGE, "ai.model", Map.of("to", "größer"));
        }
    }

    private static String value(Connection outside, String table, String column, String row) throws SQLException {
        try (var statement = outside.createStatement();
                var result = statement.executeQuery("SELECT " + column + " FROM " + table + " WHERE " + row)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static void execute(Connection outside, String sql) throws SQLException {
        try (var statement = outside.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
