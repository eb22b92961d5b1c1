package dev.sesame.db;

import static dev.sesame.db.generated.Tables.FACT;
import static dev.sesame.db.generated.Tables.LOGIN_SESSION;
import static dev.sesame.db.generated.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What [Database] promises, on whatever kind.
abstract class DatabaseContract {
    static final Duration SHORT_PATIENCE = Duration.ofMillis(300);

    @TempDir
    Path directory;

    TestDatabase fixture;
    Database database;

    abstract TestDatabases.Kind kind();

    @BeforeEach
    void open() {
        fixture = TestDatabases.fresh(kind(), directory);
        database = fixture.open();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void writtenIsReadAndSurvivesReopening() {
        database.write(tx -> put(tx, "a", "1"));
        assertThat(stored("a")).isEqualTo("1");

        database = fixture.reopen();
        assertThat(stored("a")).isEqualTo("1");
        assertThat(database.healthy()).isTrue();
    }

    @Test
    void aSchemaThatIsUpToDateIsKnownToBeAndAChangedOneIsRefused() throws Exception {
        assertThat(Migrations.upToDate(dataSource())).isTrue();
        database.write(tx -> tx.execute("UPDATE flyway_schema_history SET checksum = checksum + 1"));
        assertThat(Migrations.upToDate(dataSource())).isFalse();
        fixture.close();
        assertThatThrownBy(fixture::open)
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("another version of Sesame");
    }

    private static final FixedQuery<String> SESSION = new FixedQuery<>(
            DSL.select()
                    .from(LOGIN_SESSION)
                    .join(USERS)
                    .on(USERS.ID.eq(LOGIN_SESSION.USER_ID))
                    .where(LOGIN_SESSION.TOKEN_HASH.eq("").and(LOGIN_SESSION.EXPIRES_AT.gt(0L))),
            row -> row.get(LOGIN_SESSION.ID)
                    + " " + row.get(USERS.ID)
                    + " " + row.get(USERS.EMAIL_VERIFIED)
                    + " " + row.get(USERS.CHANGE_SEQ)
                    + " " + row.get(USERS.PASSWORD_HASH));

    @Test
    void aFixedQueryReadsEachTablesOwnFieldsAndWhatWasWrittenLast() {
        database.write(tx -> TestUsers.add(tx, "u1") + session(tx, "s1", "u1") + session(tx, "s2", "u1"));
        assertThat(found("hash-s1", 5)).containsExactly("s1 u1 true 0 null");
        assertThat(found("hash-s2", 5)).containsExactly("s2 u1 true 0 null");
        assertThat(found("hash-s2", 10)).isEmpty();
        String within = database.write(tx -> {
            tx.update(USERS).set(USERS.CHANGE_SEQ, 7L).execute();
            return SESSION.fetchOptional(tx, "hash-s1", 5L).orElseThrow();
        });
        assertThat(within).isEqualTo("s1 u1 true 7 null");
        assertThat(found("hash-s1", 5)).containsExactly(within);
        database = fixture.reopen();
        assertThat(found("hash-s1", 5)).containsExactly(within);
    }

    @Test
    void aFixedQuerySaysWhichFieldItHasNot() {
        database.write(tx -> TestUsers.add(tx, "u1"));
        var query = new FixedQuery<>(DSL.select(USERS.ID).from(USERS), row -> row.get(USERS.EMAIL));
        assertThatThrownBy(() -> database.read(query::fetch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("email")
                .hasMessageContaining("is not selected");
    }

    private List<String> found(String token, long now) {
        return database.read(tx -> SESSION.fetch(tx, token, now));
    }

    private static int session(DSLContext tx, String id, String userId) {
        return tx.insertInto(LOGIN_SESSION)
                .set(LOGIN_SESSION.ID, id)
                .set(LOGIN_SESSION.TOKEN_HASH, "hash-" + id)
                .set(LOGIN_SESSION.USER_ID, userId)
                .set(LOGIN_SESSION.IP_ADDRESS, "")
                .set(LOGIN_SESSION.USER_AGENT, "")
                .set(LOGIN_SESSION.CREATED_AT, 0L)
                .set(LOGIN_SESSION.UPDATED_AT, 0L)
                .set(LOGIN_SESSION.EXPIRES_AT, 10L)
                .execute();
    }

    @Test
    void worksAreRunInTheOrderOfTheirSubmission() {
        List<CompletableFuture<Integer>> written = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int n = i;
            written.add(database.writeAsync(tx -> {
                put(tx, "n" + n, "x");
                order.add(n);
                return n;
            }));
        }
        written.forEach(CompletableFuture::join);
        assertThat(order).hasSize(2_000).isSorted();
        assertThat(count("%")).isEqualTo(2_000);
    }

    @Test
    void aFailingWorkIsUndoneAloneAndItsCallerGetsItsOwnException() throws Exception {
        class Refused extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        CountDownLatch queued = holdTheWriter();
        List<CompletableFuture<Boolean>> good = new ArrayList<>();
        List<CompletableFuture<Boolean>> bad = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int n = i;
            good.add(database.writeAsync(tx -> put(tx, "good" + n, "x")));
            bad.add(database.writeAsync(tx -> {
                put(tx, "bad" + n, "x");
                if (n % 2 == 0) {
                    throw new Refused();
                }
                return put(tx, "good" + n, "taken already");
            }));
        }
        queued.countDown();

        for (int i = 0; i < 50; i++) {
            assertThat(good.get(i).get(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Boolean> failing = bad.get(i);
            assertThatThrownBy(failing::join)
                    .cause()
                    .isInstanceOf(i % 2 == 0 ? Refused.class : DataAccessException.class);
        }
        assertThat(count("bad%")).isZero();
        assertThat(count("good%")).isEqualTo(50);
        assertThatThrownBy(() -> database.write(tx -> {
                    throw new Refused();
                }))
                .isInstanceOf(Refused.class);
        assertThat(database.healthy()).isTrue();
    }

    @Test
    void manyWritersShareATransaction() throws Exception {
        CountDownLatch queued = holdTheWriter();
        List<CompletableFuture<String>> transactions = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int n = i;
            transactions.add(database.writeAsync(tx -> {
                put(tx, "n" + n, "x");
                return transaction(tx);
            }));
        }
        queued.countDown();
        long distinct =
                transactions.stream().map(CompletableFuture::join).distinct().count();
        assertThat(distinct).isLessThanOrEqualTo(2);
    }

    @Test
    void announcementsArriveAfterTheCommitAndNotOfUndoneWorks() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        database.listen("things", name -> {
            if (!name.isEmpty()) {
                heard.add(name + "=" + stored(name));
            }
        });
        assertThatThrownBy(() -> database.write(tx -> {
                    database.announce(tx, "things", "undone");
                    throw new IllegalStateException("undone");
                }))
                .isInstanceOf(IllegalStateException.class);
        database.write(tx -> {
            put(tx, "a", "1");
            database.announce(tx, "others", "a");
            database.announce(tx, "things", "a");
            database.announce(tx, "things", "a");
            return true;
        });
        database.write(tx -> {
            put(tx, "b", "2");
            database.announce(tx, "things", "b");
            return true;
        });
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("a=1");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("b=2");
        assertThat(heard).isEmpty();
    }

    @Test
    void aWriteWithinAWriteIsRefusedInsteadOfWaitingForItself() {
        assertThatThrownBy(() -> database.write(tx -> database.write(inner -> 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readersCanNotWrite() {
        assertThatThrownBy(() -> database.read(tx -> put(tx, "a", "1"))).isInstanceOf(DataAccessException.class);
        database.write(tx -> put(tx, "a", "1"));
    }

    @Test
    void aReadSeesOneStateThroughout() {
        database.write(tx -> put(tx, "a", "1"));
        List<String> seen = database.read(tx -> {
            List<String> values = new ArrayList<>();
            values.add(String.valueOf(get(tx, "a")));
            database.write(other -> other.update(FACT).set(FACT.CONTENT, "2").execute());
            values.add(String.valueOf(get(tx, "a")));
            return values;
        });
        assertThat(seen).containsExactly("1", "1");
    }

    @Test
    void whatIsQueuedWhenItClosesIsStillStored() {
        List<CompletableFuture<Boolean>> written = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int n = i;
            written.add(database.writeAsync(tx -> put(tx, "n" + n, "x")));
        }
        fixture.close();
        assertThat(written).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        CompletableFuture<Boolean> late = database.writeAsync(tx -> put(tx, "late", "x"));
        assertThatThrownBy(late::join).hasCauseInstanceOf(DatabaseUnavailable.class);
    }

    @Test
    void aWorkMayThrowAnythingWithoutHarmToTheWriter() {
        assertThatThrownBy(() -> database.write(tx -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        database.write(tx -> put(tx, "a", "1"));
    }

    /// Blocks the writer until the latch is counted down, so that what is submitted meanwhile becomes one group.
    CountDownLatch holdTheWriter() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var _ = database.writeAsync(tx -> {
            held.countDown();
            try {
                return release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        return release;
    }

    static boolean put(DSLContext tx, String name, String content) {
        return tx.insertInto(FACT, FACT.NAME, FACT.CONTENT)
                        .values(name, content)
                        .execute()
                == 1;
    }

    static @Nullable String get(DSLContext tx, String name) {
        return tx.select(FACT.CONTENT).from(FACT).where(FACT.NAME.eq(name)).fetchOne(FACT.CONTENT);
    }

    @Nullable
    String stored(String name) {
        return database.read(tx -> get(tx, name));
    }

    int count(String like) {
        return database.read(tx -> tx.fetchCount(FACT, FACT.NAME.like(like)));
    }

    abstract DataSource dataSource();

    /// A name for the running transaction.
    abstract String transaction(DSLContext tx);

    static void await(java.util.function.BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as("waited too long").isNegative();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }
}
