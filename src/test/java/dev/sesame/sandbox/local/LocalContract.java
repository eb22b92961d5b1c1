package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.HostNeeds;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.SandboxContract;
import dev.sesame.sandbox.SandboxProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// What holds for real processes in every grade.
@TestInstance(Lifecycle.PER_CLASS)
abstract class LocalContract extends SandboxContract {
    private static final String ANSWERING =
            "echo ready; while read -r line; do" + " echo \"seen $line\" >&2; echo \"got $line\"; done; exit 3";

    private final Isolation isolation;
    private final List<Sandbox> joined = new ArrayList<>();
    private LocalSandboxes provider;
    private Path files;

    LocalContract(Isolation isolation) {
        this.isolation = isolation;
    }

    @BeforeAll
    void find(@TempDir Path shared) {
        files = shared;
        provider = HostNeeds.isolation(isolation, shared);
    }

    @AfterAll
    void close() {
        if (provider != null) {
            provider.close();
        }
    }

    @Override
    protected SandboxProvider provider() {
        return provider;
    }

    @Override
    protected SandboxCommand answering() {
        return script(ANSWERING);
    }

    SandboxCommand script(String script) {
        return Runs.script(provider, place, script);
    }

    /// Runs it to its end, in a place of its own, and returns what it printed.
    String outputOf(String script) {
        Sandbox sandbox = start(Runs.script(provider, place.resolve(word()), script));
        Runs.awaitExit(sandbox);
        assertThat(Runs.text(sandbox, Stream.STDERR)).isEmpty();
        return Runs.output(sandbox);
    }

    /// Starts a command and one that joins it, as soon as the first has said `ready`.
    Sandbox joined(Sandbox other, String script) {
        Runs.awaitOutput(other, "ready");
        Sandbox sandbox = provider.join(other.directory(), Runs.script(provider, place.resolve(word()), script));
        joined.add(sandbox);
        return sandbox;
    }

    @AfterEach
    void endJoined() {
        joined.forEach(sandbox -> assertThat(sandbox.kill(Runs.PATIENCE)).isTrue());
        joined.clear();
    }

    @Test
    void aJoinedCommandHasInputOutputAndAnEndOfItsOwn() {
        Sandbox other = start(script("echo ready; read -r line; echo $line"));
        Sandbox sandbox = joined(other, ANSWERING);
        Runs.write(sandbox, 0, "one\n");
        Runs.awaitOutput(sandbox, "got one\n");
        assertThat(sandbox.inputSize()).isEqualTo(4);
        sandbox.write(4, sandbox.closeRecord());

        assertThat(Runs.awaitExit(sandbox)).isEqualTo(3);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\ngot one\n");
        Runs.write(other, 0, "on\n");
        assertThat(Runs.awaitExit(other)).isZero();
        assertThat(Runs.output(other)).isEqualTo("ready\non\n");
    }

    @Test
    void killingAJoinedCommandLeavesTheOther() {
        String word = word();
        Sandbox other = start(script("echo ready; read -r line; echo $line"));
        Sandbox sandbox = joined(other, "echo ready; exec sleep " + word);
        Runs.awaitOutput(sandbox, "ready");

        assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
        assertThat(ProcessFacts.all().stream()
                        .map(process -> Leftovers.commandLine(process.pid()))
                        .filter(line -> line.equals("sleep " + word + " ")))
                .isEmpty();
        Runs.write(other, 0, "on\n");
        assertThat(Runs.awaitExit(other)).isZero();
    }

    /// Where there are namespaces.
    void whatJoinedEndsWithTheOther() {
        String word = word();
        Sandbox other = start(script("echo ready; read -r line"));
        Sandbox sandbox = joined(
                other, "trap '' HUP TERM; (trap '' HUP; exec setsid sleep " + word + ") & echo ready; sleep " + word);
        Runs.awaitOutput(sandbox, "ready");
        Runs.write(other, 0, "end\n");

        assertThat(Runs.awaitExit(other)).isZero();
        assertThat(Runs.awaitExit(sandbox)).isNotZero();
        assertThat(ProcessFacts.all().stream()
                        .map(process -> Leftovers.commandLine(process.pid()))
                        .filter(line -> line.contains(word)))
                .isEmpty();
        assertThat(joined(other, "echo never").exit()).isNotEqualTo(java.util.OptionalInt.of(0));
    }

    @Test
    void theExitStatusIsTheCommands() {
        assertThat(Runs.awaitExit(start(script("exit 0")))).isZero();
    }

    @Test
    void aSignalIs128AndItsNumber() {
        assertThat(Runs.awaitExit(start(script("kill -SEGV $$")))).isEqualTo(128 + 11);
    }

    @Test
    void whatCantBeExecutedSaysSo() {
        Sandbox absent = start(Runs.command(provider, place.resolve("1"), Map.of(), "no-such-program"));
        assertThat(Runs.awaitExit(absent)).isEqualTo(127);
        assertThat(Runs.text(absent, Stream.STDERR)).contains("no-such-program");

        Sandbox forbidden = start(Runs.command(provider, place.resolve("2"), Map.of(), "/etc/hosts/"));
        assertThat(Runs.awaitExit(forbidden)).isBetween(126, 127);
        assertThat(Runs.text(forbidden, Stream.STDERR)).contains("/etc/hosts/");
    }

    @Test
    void theEnvironmentIsExactlyWhatWasGiven() {
        String value = "it's \"quoted\"\n$HOME `id` \\ ünï\n\n";
        var given = Map.of("PATH", "/usr/bin:/bin", "VALUE", value, "EMPTY", "", "LD_LIBRARY_PATH", "/nowhere");
        Sandbox sandbox = start(Runs.command(provider, place, given, "env", "-0"));
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox).split("\0"))
                .containsExactlyInAnyOrder(
                        "PATH=/usr/bin:/bin",
                        "VALUE=" + value,
                        "EMPTY=",
                        "LD_LIBRARY_PATH=/nowhere",
                        "PWD=" + script("").workingDirectory());
    }

    @Test
    void aLargeEnvironmentFits() {
        var given = Map.of("PATH", "/usr/bin:/bin", "A", "a".repeat(100_000), "B", "b".repeat(100_000));
        Sandbox sandbox = start(Runs.command(provider, place, given, "sh", "-c", "echo ${#A} ${#B}"));
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("100000 100000\n");
    }

    @Test
    void noOtherProcessHasTheSecrets() throws Exception {
        String secret = UUID.randomUUID().toString();
        Sandbox sandbox = start(Runs.command(provider, place, Map.of("SECRET", secret), "sh", "-c", "echo ready; cat"));
        Runs.awaitOutput(sandbox, "ready");

        assertThat(Leftovers.with(secret)).isEmpty();
        long supervisor =
                Remains.supervisor(new Spool(sandbox.directory())).orElseThrow().pid();
        ProcessFacts.all().stream()
                .filter(process -> process.session() == supervisor)
                .forEach(process ->
                        assertThat(Leftovers.environment(process.pid())).doesNotContain(secret));
        try (var control = Files.list(sandbox.directory())) {
            assertThat(control).allSatisfy(file -> assertThat(file).content().doesNotContain(secret));
        }
    }

    @Test
    void onlyStdioIsInherited() {
        assertThat(outputOf("ls /proc/$$/fd; true")).isEqualTo("0\n1\n2\n");
    }

    @Test
    void noSignalIsIgnored() {
        // HUP, INT, QUIT, PIPE and TERM as a mask of bits.
        String ignored = outputOf("grep SigIgn /proc/self/status").replaceAll("\\D+0*", "0");
        assertThat(Long.parseLong(ignored.isEmpty() ? "0" : ignored, 16) & 0x5007)
                .isZero();
    }

    @Test
    void stdioCanBeOpenedAgain() {
        assertThat(outputOf("echo one >/dev/stdout; echo two >/proc/self/fd/1")).isEqualTo("one\ntwo\n");
    }

    @Test
    void aLineOf50MillionBytesIsWhole() {
        Sandbox sandbox = start(script("head -c 50000000 /dev/zero | tr '\\0' x; echo; echo end"));
        assertThat(Runs.awaitExit(sandbox)).isZero();
        assertThat(sandbox.size(Stream.STDOUT)).isEqualTo(50_000_005);
        var last = ByteBuffer.allocate(10);
        sandbox.read(Stream.STDOUT, 49_999_999, last);
        assertThat(new String(last.array(), 0, last.position(), StandardCharsets.US_ASCII))
                .isEqualTo("x\nend\n");
    }

    @Test
    void outputStaysInOrder() {
        String numbers = outputOf("i=0; while [ $i -lt 3000 ]; do echo $((i += 1)); done; (echo last)");
        assertThat(numbers.lines().skip(2999)).containsExactly("3000", "last");
    }

    @Test
    void aCommandThatClosesItsOutputLives() {
        Sandbox sandbox = start(script("echo ready; exec >&- 2>&-; read line; exit 5"));
        Runs.awaitOutput(sandbox, "ready");
        assertThat(sandbox.exit()).isEmpty();
        Runs.write(sandbox, 0, "line\n");
        assertThat(Runs.awaitExit(sandbox)).isEqualTo(5);
    }

    @Test
    void aCommandThatNeverReadsIsKilledWithItsInputPending() {
        Sandbox sandbox = start(script("echo ready; exec sleep 1000"));
        Runs.write(sandbox, 0, "a line of input\n".repeat(100_000));
        Runs.awaitOutput(sandbox, "ready");
        assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
        assertThat(Leftovers.of(place)).isEmpty();
    }

    @Test
    void theDeadlineEndsIt() {
        SandboxCommand command = script("trap '' TERM; echo ready; while :; do sleep 1; done");
        Sandbox sandbox = start(Runs.with(command, Instant.now().plusSeconds(3), Limits.NONE));
        assertThat(Runs.awaitExit(sandbox)).isEqualTo(137);
        assertThat(sandbox.deadlinePassed()).isTrue();
        assertThat(Runs.output(sandbox)).isEqualTo("ready\n");
        assertThat(Leftovers.of(place)).isEmpty();
    }

    @Test
    void aMovedDeadlineCounts() {
        SandboxCommand command = script("sleep 4; echo done");
        Sandbox sandbox = start(Runs.with(command, Instant.now().plusSeconds(2), Limits.NONE));
        assertThat(sandbox.moveDeadline(Instant.now().plusSeconds(100))).isTrue();
        assertThat(Runs.awaitExit(sandbox)).isZero();
        assertThat(Runs.output(sandbox)).isEqualTo("done\n");
    }

    @Test
    void anEndLeavesNothing() {
        String word = word();
        Sandbox sandbox = start(script(children(word) + "echo ready; exit 0"));
        assertThat(Runs.awaitExit(sandbox)).isZero();
        assertThat(Leftovers.with(word)).isEmpty();
        assertThat(Leftovers.of(place)).isEmpty();
    }

    @Test
    void aKillLeavesNothing() {
        String word = word();
        Sandbox sandbox = start(script(children(word) + "echo ready; exec sleep " + word));
        Runs.awaitOutput(sandbox, "ready");
        assertThat(Leftovers.with(word)).isNotEmpty();
        assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
        assertThat(Leftovers.with(word)).isEmpty();
        assertThat(Leftovers.of(place)).isEmpty();
    }

    @Test
    void aKillAtOnceLeavesNothing() {
        for (int n = 0; n < 4; n++) {
            Sandbox sandbox = start(Runs.script(provider, place.resolve("run" + n), "sleep 1000"));
            assertThat(sandbox.kill(Runs.PATIENCE)).isTrue();
            assertThat(Leftovers.of(place)).isEmpty();
        }
    }

    @Test
    void withoutItsSupervisorAllIsGoneInMoments() {
        String word = word();
        Sandbox sandbox = start(script(children(word) + "echo ready; exec sleep " + word));
        Runs.awaitOutput(sandbox, "ready");
        Remains.supervisor(new Spool(sandbox.directory())).orElseThrow().kill();
        long start = System.nanoTime();
        Runs.await(
                "nothing being left",
                () -> Leftovers.with(word).isEmpty() && Leftovers.of(place).isEmpty());
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertThat(Runs.awaitExit(sandbox)).isEqualTo(-1);
        assertThat(Runs.output(sandbox)).isEqualTo("ready\n");
    }

    @Test
    void whatNobodyCanFindAgainEnds() {
        String word = word();
        SandboxCommand command = script("echo ready; exec sleep " + word);
        Runs.awaitOutput(provider.start(command), "ready");
        FileTree.delete(command.directory());
        Runs.await(
                "nothing being left",
                () -> Leftovers.with(word).isEmpty() && Leftovers.of(place).isEmpty());
    }

    @Test
    void itOutlivesTheServersDeath() throws Exception {
        Process server = AnotherServer.start(isolation, files, place, ANSWERING);
        try {
            assertThat(server.inputReader().readLine()).isEqualTo("started");
        } finally {
            server.destroyForcibly().waitFor();
        }
        Sandbox found = start(script(ANSWERING)); // As a server does that died before it recorded the start.
        Runs.write(found, 0, "after\n");
        Runs.awaitOutput(found, "got after\n");
        found.write(6, found.closeRecord());
        assertThat(Runs.awaitExit(found)).isEqualTo(3);
        assertThat(Runs.output(found)).isEqualTo("ready\ngot after\n");
        assertThat(Leftovers.of(place)).isEmpty();
    }

    @Test
    void itOutlivesTheThreadThatStartedIt() throws Exception {
        Thread starter = Thread.ofPlatform().start(() -> start(answering()));
        starter.join();
        Sandbox sandbox = provider.find(answering().directory()).orElseThrow();
        Runs.write(sandbox, 0, "after\n");
        Runs.awaitOutput(sandbox, "got after\n");
    }

    @Test
    void aRunOfAnEarlierBootHasEnded() throws Exception {
        SandboxCommand command = script("true");
        new Spool(command.directory()).prepare(Instant.now(), Map.of());
        Files.writeString(command.directory().resolve("pid"), "1 1 another-boot\n");
        assertThat(provider.find(command.directory()).orElseThrow().exit()).hasValue(-1);
    }

    @Test
    void aRunWhoseRecordsTheHostLostHasEnded() throws Exception {
        SandboxCommand command = script("true");
        new Spool(command.directory()).prepare(Instant.now(), Map.of());
        Path claim = Files.createFile(command.directory().resolve("pid"));
        assertThat(provider.find(command.directory()).orElseThrow().exit()).isEmpty();
        Files.setLastModifiedTime(claim, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(provider.find(command.directory()).orElseThrow().exit()).hasValue(-1);
    }

    /// Shell text that leaves children of many kinds, each with that word in its arguments.
    String children(String word) {
        return "trap '' HUP INT TERM; sleep " + word + " & (sleep " + word + " &) ; nohup sleep " + word
                + " >/dev/null 2>&1 & " + fleeing(word);
    }

    /// Those that leave the command's session.
    String fleeing(String word) {
        return "setsid sleep " + word + " & (setsid sh -c 'trap \"\" TERM; (sleep " + word
                + " &)' >/dev/null 2>&1 &) ; ";
    }

    static String word() {
        return Long.toString(1_000_000_000L + (System.nanoTime() % 1_000_000_000L));
    }
}
