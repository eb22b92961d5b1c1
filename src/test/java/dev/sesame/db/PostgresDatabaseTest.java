package dev.sesame.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresDatabaseTest extends DatabaseContract {
    @TempDir
    Path elsewhere;

    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.POSTGRES;
    }

    @Override
    DataSource dataSource() {
        return fixture.postgresEngine(SHORT_PATIENCE).dataSource();
    }

    @Override
    String transaction(DSLContext tx) {
        return String.valueOf(tx.fetchValue("SELECT pg_current_xact_id()::text"));
    }

    @Test
    void lostConnectionsAreReplacedWithoutTheCallersNotice() {
        database.write(tx -> put(tx, "a", "1"));
        killConnections();
        database.write(tx -> put(tx, "b", "2"));
        await(() -> reads("b", "2"));
        assertThat(database.healthy()).isTrue();
    }

    @Test
    void aTableLockedByAnotherProcessIsSaidAfterABoundedWaitAndHeals() throws Exception {
        database = fixture.open(SHORT_PATIENCE);
        try (Connection other = DriverManager.getConnection(fixture.jdbcUrl())) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE fact IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> database.write(tx -> put(tx, "a", "x")))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("locked");
            assertThat(database.healthy()).isFalse();
            other.rollback();
        }
        await(database::healthy);
        database.write(tx -> put(tx, "a", "x"));
    }

    @Test
    void aCommitWhoseAnswerGotLostIsNotRepeated() {
        // The deferred trigger ends our own connection in the middle of the commit: nothing is stored.
        database.write(tx -> {
            tx.execute("CREATE TABLE fuse (lit boolean)");
            tx.execute("CREATE FUNCTION blow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    + " PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$");
            tx.execute("CREATE CONSTRAINT TRIGGER fuse AFTER INSERT ON fuse DEFERRABLE INITIALLY DEFERRED"
                    + " FOR EACH ROW EXECUTE FUNCTION blow()");
            return true;
        });
        Set<String> transactions = ConcurrentHashMap.newKeySet();
        database.write(tx -> {
            boolean first = transactions.isEmpty();
            transactions.add(transaction(tx));
            if (first) {
                tx.execute("INSERT INTO fuse VALUES (true)");
            }
            return put(tx, "once", "x");
        });
        assertThat(transactions)
                .as("the first was not committed, and so tried again")
                .hasSize(2);
        assertThat(stored("once")).isEqualTo("x");
    }

    @Test
    void otherServersHearWhatWasAnnouncedAndAfterALossThatAnythingMayHaveChanged() throws Exception {
        try (Database other = fixture.openElsewhere(elsewhere)) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            other.listen("things", heard::add);
            // A first empty name says that the other one listens from now on.
            announceUntilHeard(heard, "start");
            database.write(tx -> {
                for (int i = 0; i < 1_000; i++) {
                    database.announce(tx, "things", "a-name-of-some-length-" + i);
                }
                return true;
            });
            for (int i = 0; i < 1_000; i++) {
                String name = heard.poll(10, TimeUnit.SECONDS);
                assertThat(name).isEqualTo("a-name-of-some-length-" + i);
            }
            killConnections();
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEmpty();
            announceUntilHeard(heard, "again");
        }
    }

    @Test
    void urlsOfBothFormsAreUnderstoodAndOthersRefusedWithoutRepeatingThem() {
        PostgresUrl plain = PostgresUrl.parse("postgres://me:p%40ss+1@db.example:5433/sesame?sslmode=require");
        assertThat(plain.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/sesame");
        assertThat(plain.properties())
                .containsEntry("user", "me")
                .containsEntry("password", "p@ss+1")
                .containsEntry("sslmode", "require");
        assertThat(PostgresUrl.parse("jdbc:postgresql://a:1,b:2/x?user=u&password=w")
                        .properties())
                .containsEntry("user", "u")
                .containsEntry("password", "w");
        assertThat(plain.toString()).doesNotContain("p@ss");
        assertThatThrownBy(() -> Databases.open(elsewhere, "mysql://u:secret@host/db"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aServerThatIsNotThereIsSaid() {
        assertThatThrownBy(() ->
                        new PostgresDatabase(PostgresUrl.parse("postgresql://localhost:1/x"), SHORT_PATIENCE, () -> {}))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("can't be reached");
    }

    private void announceUntilHeard(BlockingQueue<String> heard, String name) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            int n = i;
            database.write(tx -> {
                database.announce(tx, "things", name + n);
                return true;
            });
            String word = heard.poll(200, TimeUnit.MILLISECONDS);
            while (word != null && !word.equals(name + i)) {
                word = heard.poll(200, TimeUnit.MILLISECONDS);
            }
            if (word != null) {
                return;
            }
        }
        throw new AssertionError("never heard " + name);
    }

    private boolean reads(String name, String content) {
        try {
            return content.equals(stored(name));
        } catch (DatabaseUnavailable e) {
            return false;
        }
    }

    private void killConnections() {
        String url = fixture.jdbcUrl();
        String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        TestDatabases.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = '%s' AND pid <> pg_backend_pid()".formatted(name));
    }
}
