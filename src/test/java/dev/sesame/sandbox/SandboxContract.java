package dev.sesame.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.sandbox.Sandbox.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every provider promises, the scripted one too. Runs one command: it says `ready`, answers each line of input
/// with `got LINE` on stdout and `seen LINE` on stderr, and ends with 3 when its input is closed.
public abstract class SandboxContract {
    protected Path place;

    private final List<Sandbox> started = new ArrayList<>();

    protected abstract SandboxProvider provider();

    /// The command above.
    protected abstract SandboxCommand answering();

    protected Sandbox start(SandboxCommand command) {
        Sandbox sandbox = provider().start(command);
        started.add(sandbox);
        return sandbox;
    }

    @BeforeEach
    void makePlace(@TempDir Path fresh) {
        place = fresh;
    }

    @AfterEach
    void endAll() {
        started.forEach(sandbox -> assertThat(sandbox.kill(Runs.PATIENCE)).isTrue());
        started.clear();
    }

    @Test
    void inputArrivesInOrderAndIsClosed() {
        Sandbox sandbox = start(answering());
        Runs.write(sandbox, 0, "one\n");
        Runs.awaitOutput(sandbox, "got one\n");
        Runs.write(sandbox, 4, "two\n");
        sandbox.write(8, sandbox.closeRecord());

        assertThat(Runs.awaitExit(sandbox)).isEqualTo(3);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\ngot one\ngot two\n");
        assertThat(Runs.text(sandbox, Stream.STDERR)).isEqualTo("seen one\nseen two\n");
        assertThat(sandbox.deadlinePassed()).isFalse();
    }

    @Test
    void inputIsReadAgainByWhoFindsTheRunAfterItsEndToo() throws IOException {
        Sandbox sandbox = start(answering());
        Runs.write(sandbox, 0, "one\n");
        Runs.write(sandbox, 4, "two\n");
        sandbox.kill(Runs.PATIENCE);
        try (InputStream input =
                provider().find(sandbox.directory()).orElseThrow().openInput()) {
            assertThat(input.readAllBytes()).asString().isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void inputWrittenInPartIsCompleted() {
        Sandbox sandbox = start(answering());
        Runs.write(sandbox, 0, "first\nsec");
        Runs.write(sandbox, 0, "first\nsecond\nthird\n");
        Runs.write(sandbox, 0, "first\n");
        sandbox.write(19, sandbox.closeRecord());
        sandbox.write(19, sandbox.closeRecord());

        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\ngot first\ngot second\ngot third\n");
    }

    @Test
    void inputWithAGapIsRefused() {
        Sandbox sandbox = start(answering());
        assertThatThrownBy(() -> Runs.write(sandbox, 5, "late\n"))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("gap");
    }

    @Test
    void outputIsReadFromAnyOffset() {
        Sandbox sandbox = start(answering());
        Runs.awaitOutput(sandbox, "ready\n");

        var part = ByteBuffer.allocate(3);
        assertThat(sandbox.read(Stream.STDOUT, 2, part)).isEqualTo(3);
        assertThat(new String(part.array(), StandardCharsets.UTF_8)).isEqualTo("ady");
        assertThat(sandbox.read(Stream.STDOUT, 6, ByteBuffer.allocate(10))).isZero();
        assertThat(sandbox.read(Stream.STDOUT, 60, ByteBuffer.allocate(10))).isZero();
        assertThat(sandbox.size(Stream.STDOUT)).isEqualTo(6);
    }

    @Test
    void startingTwiceAtOnceStartsOne() throws Exception {
        SandboxCommand command = answering();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var starts = new ArrayList<Future<Sandbox>>();
            for (int n = 0; n < 4; n++) {
                starts.add(threads.submit(() -> start(command)));
            }
            for (Future<Sandbox> each : starts) {
                each.get();
            }
        }
        Sandbox sandbox = start(command);
        Runs.write(sandbox, 0, "line\n");
        sandbox.write(5, sandbox.closeRecord());
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\ngot line\n");

        assertThat(start(command).exit()).hasValue(3);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\ngot line\n");
    }

    @Test
    void whatWasStartedIsFound() {
        SandboxCommand command = answering();
        assertThat(provider().find(command.directory())).isEmpty();
        start(command);
        Sandbox found = provider().find(command.directory()).orElseThrow();
        Runs.awaitOutput(found, "ready");
        assertThat(found.directory()).isEqualTo(command.directory());
        assertThat(found.exit()).isEmpty();
    }

    @Test
    void killedItEndsWithoutAStatus() {
        Sandbox sandbox = start(answering());
        Runs.awaitOutput(sandbox, "ready");

        assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
        assertThat(sandbox.exit()).hasValue(-1);
        assertThat(sandbox.deadlinePassed()).isFalse();
        assertThat(Runs.output(sandbox)).isEqualTo("ready\n");
        assertThat(provider().find(sandbox.directory()).orElseThrow().exit()).hasValue(-1);
    }

    @Test
    void killingAnEndedRunChangesNothing() {
        Sandbox sandbox = start(answering());
        sandbox.write(0, sandbox.closeRecord());
        Runs.awaitExit(sandbox);

        assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
        assertThat(sandbox.exit()).hasValue(3);
        assertThat(sandbox.moveDeadline(Instant.now())).isFalse();
    }

    @Test
    void activityIsToldAtRegistrationOnOutputAndAtTheEnd() throws Exception {
        Sandbox sandbox = start(answering());
        Runs.awaitOutput(sandbox, "ready");
        var told = new LinkedBlockingQueue<String>();
        sandbox.onActivity(() -> told.add(Runs.output(sandbox) + sandbox.exit()));
        awaitTold(told, "ready");

        Runs.write(sandbox, 0, "line\n");
        awaitTold(told, "got line");
        sandbox.write(5, sandbox.closeRecord());
        awaitTold(told, "[3]");
    }

    @Test
    void activityIsToldOfAKill() throws Exception {
        Sandbox sandbox = start(answering());
        var told = new LinkedBlockingQueue<String>();
        sandbox.onActivity(() -> told.add("" + sandbox.exit()));
        provider().find(sandbox.directory()).orElseThrow().kill(Runs.PATIENCE);
        awaitTold(told, "[-1]");
    }

    @Test
    void onlyAnEndedRunIsDiscarded() {
        Sandbox sandbox = start(answering());
        assertThatThrownBy(sandbox::discard).isInstanceOf(IllegalStateException.class);
        sandbox.kill(Runs.PATIENCE);
        sandbox.discard();
        assertThat(sandbox.directory()).doesNotExist();
        assertThat(provider().find(sandbox.directory())).isEmpty();
    }

    private static void awaitTold(LinkedBlockingQueue<String> told, String part) {
        Runs.await("being told of " + part, () -> {
            String next = told.poll();
            return next != null && next.contains(part);
        });
    }
}
