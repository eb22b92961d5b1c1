package dev.sesame.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.event.SecretMask;
import dev.sesame.event.TestTasks;
import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.fake.FakeSandbox;
import dev.sesame.sandbox.fake.FakeSandboxes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A shell's way into the log, with a scripted sandbox, on both databases.
@SuppressWarnings("NullAway.Init") // each test opens them first
class ShellTest {
    private static final String TASK = "task_1";
    private static final String SECRET = "secret-0123456789";
    private static final SecretMask MASK = new SecretMask(List.of(SECRET));

    @TempDir
    private Path directory;

    private TestDatabase fixture;
    private Database database;
    private TerminalLog log;
    private FakeSandbox sandbox;
    private Shell shell;

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void whatItPrintsIsThereOnceWhoeverTakesItIn(Kind kind) throws InterruptedException {
        open(kind, 1 << 20);
        StringBuilder expected = new StringBuilder();
        for (int n = 0; n < 20; n++) {
            String part = ("part " + n + " ").repeat(n * 50 + 1);
            expected.append(part);
            print(part);
            if (n % 5 == 4) {
                shell.leave();
                follow();
            }
        }
        await(expected.toString());
        sandbox.end(0);
        await(expected + LastWords.ENDED);
        assertThat(log.state(TASK).open()).isFalse();
        for (long place : new long[] {0, 1, 100, expected.length() - 1, expected.length()}) {
            assertThat(text(place)).startsWith(expected.substring((int) place));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void aSecretIsMaskedHoweverItIsCut(Kind kind) {
        open(kind, 1 << 20);
        print("a sec");
        await("a sec"); // not yet worth hiding: who types must see it
        print("ret-012");
        print("3456789 b secret-01");
        await("a sec" + "*".repeat(14) + " b ");
        print("x");
        await("a sec" + "*".repeat(14) + " b secret-01x");
        print(" secret-01");
        sandbox.end(0);
        Runs.await("the end", () -> !log.state(TASK).open());
        assertThat(text(0)).contains("secret-01x secret-01\033");
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void whatPrintsTooMuchIsEnded(Kind kind) {
        open(kind, 1000);
        print("x".repeat(999));
        await("x".repeat(999));
        assertThat(sandbox.killed()).isFalse();
        print("yyy");
        Runs.await("the end", () -> !log.state(TASK).open());
        assertThat(sandbox.killed()).isTrue();
        assertThat(text(0)).startsWith("x".repeat(999) + "y\033").endsWith(LastWords.FULL);
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void keysBecomeRecordsThatNoByteCanBreak(Kind kind) {
        open(kind, 1 << 20);
        byte[] keys = "a\r\u0000\\-%\n\u00fc".getBytes(StandardCharsets.UTF_8);
        assertThat(shell.tell(InputRecord.keys(keys, ""))).isTrue();
        shell.resize(30, 100);
        shell.tell(InputRecord.keys(new byte[] {'i'}, "mark"));
        assertThat(sandbox.input())
                .isEqualTo("i a\\0015\\0000\\0134\\0055\\0045\\0012\\0303\\0274\nr 30 100\ni i mark\n");
    }

    private void open(Kind kind, long limit) {
        fixture = TestDatabases.fresh(kind, directory.resolve("data"));
        database = fixture.open();
        log = new TerminalLog(database);
        database.write(tx -> {
            TestTasks.insert(tx, TASK);
            log.open(tx, TASK, 24, 80);
            return true;
        });
        var sandboxes = new FakeSandboxes();
        sandbox = (FakeSandbox) sandboxes.start(Runs.script(sandboxes, directory, ""));
        this.limit = limit;
        follow();
    }

    private long limit;

    private void follow() {
        shell = new Shell(database, TASK, log.state(TASK), sandbox, () -> MASK, limit);
        shell.begin();
    }

    private void print(String text) {
        sandbox.print(Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void await(String text) {
        Runs.await(text, () -> text(0).equals(text));
    }

    private String text(long from) {
        var bytes = new ByteArrayOutputStream();
        log.from(TASK, from, Integer.MAX_VALUE).pieces().forEach(piece -> bytes.writeBytes(piece.bytes()));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
