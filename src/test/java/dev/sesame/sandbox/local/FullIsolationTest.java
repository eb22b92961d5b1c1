package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FullIsolationTest extends LocalContract {
    private static final Set<String> TOP = Set.of(
            "bin",
            "dev",
            "etc",
            "lib",
            "lib32",
            "lib64",
            "libx32",
            "proc",
            "sbin",
            "tmp",
            "usr",
            "var",
            "home",
            "workspace");

    FullIsolationTest() {
        super(Isolation.FULL);
    }

    @Test
    void ofTheHostsFilesOnlyTheListedAreThere() {
        assertThat(outputOf("ls -A /").lines()).isSubsetOf(TOP);
        assertThat(outputOf("ls -A /var /tmp /dev/shm").lines().filter(line -> !line.isBlank()))
                .containsExactlyInAnyOrder("/dev/shm:", "/tmp:", "/var:", "tmp");
        assertThat(outputOf("ls -A /etc").lines())
                .doesNotContain("shadow", "ssh", "sudoers", "machine-id", "fstab")
                .contains("passwd", "group", "resolv.conf");
        assertThat(outputOf("ls -A /dev").lines()).doesNotContain("kmsg", "mem", "sda", "vda", "fuse", "kvm");
        assertThat(outputOf("for path in /root /sys /run " + place + "/control "
                        + Path.of("").toAbsolutePath() + "; do [ ! -e $path ] || echo $path; done"))
                .isEmpty();
    }

    @Test
    void whatJoinsSeesTheSameAndMayNoMore() {
        Sandbox other = start(script("echo shared >/tmp/note; echo ready; read -r line"));
        Sandbox sandbox = joined(
                other,
                "cat /tmp/note; id -u; id -G; hostname; readlink /proc/1/ns/mnt; readlink /proc/self/ns/mnt;"
                        + " grep -E '^(CapPrm|CapEff|NoNewPrivs)' /proc/self/status; ls -d /sys /root " + place
                        + " 2>/dev/null; touch /usr/x 2>/dev/null && echo wrote");
        Runs.awaitExit(sandbox);

        assertThat(Runs.text(sandbox, Stream.STDERR)).isEmpty();
        List<String> lines = Runs.output(sandbox).lines().toList();
        assertThat(lines.subList(0, 4)).containsExactly("shared", "1000", "1000", "sandbox");
        assertThat(lines.get(4)).isEqualTo(lines.get(5));
        assertThat(lines.subList(6, lines.size()))
                .containsExactly("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "NoNewPrivs:\t1");
    }

    @Test
    void whatJoinedLivesNoLonger() {
        whatJoinedEndsWithTheOther();
    }

    @Test
    void aLinkLeadsNowhere() throws Exception {
        SandboxCommand command = script("cat shadow; ls -d control; cat ../control/pid");
        Files.createSymbolicLink(place.resolve("workspace/shadow"), Path.of("/etc/shadow"));
        Files.createSymbolicLink(place.resolve("workspace/control"), place.resolve("control"));
        Sandbox sandbox = start(command);
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("control\n");
        assertThat(Runs.text(sandbox, Stream.STDERR).lines()).hasSize(2);
    }

    @Test
    void onlyItsOwnProcessesAreThere() {
        assertThat(outputOf("for p in /proc/[0-9]*; do echo; done").lines().count())
                .isLessThanOrEqualTo(3);
        assertThat(Runs.awaitExit(start(script("kill -9 -1; echo only mine; exit 4"))))
                .isIn(4, 137);
    }

    @Test
    void itHasNoRightsAndIsNotRootOnTheHost() throws Exception {
        String word = word();
        assertThat(outputOf("id -u; grep -E '^(CapInh|CapPrm|CapEff|CapAmb|NoNewPrivs)' /proc/self/status")
                        .split("\\s+"))
                .containsExactly(
                        "1000",
                        "CapInh:",
                        "0000000000000000",
                        "CapPrm:",
                        "0000000000000000",
                        "CapEff:",
                        "0000000000000000",
                        "CapAmb:",
                        "0000000000000000",
                        "NoNewPrivs:",
                        "1");

        Sandbox sandbox = start(script("touch file; echo ready; exec sleep " + word));
        Runs.awaitOutput(sandbox, "ready");
        assertThat(Files.getAttribute(place.resolve("workspace/file"), "unix:uid"))
                .isNotEqualTo(0);
        long pid = ProcessFacts.all().stream()
                .filter(process -> Leftovers.commandLine(process.pid()).equals("sleep " + word + " "))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(Files.getAttribute(Path.of("/proc/" + pid), "unix:uid")).isNotEqualTo(0);
    }

    @Test
    void itWritesOnlyWhereItShould() {
        String tries = "for path in / /usr /usr/bin /etc /etc/ssl /dev /home /proc/sys/kernel /var /proc/1;"
                + " do touch $path/x 2>/dev/null && echo $path; done;"
                + " echo 1 2>/dev/null >/etc/passwd; echo 1 2>/dev/null >/proc/sys/kernel/core_pattern;"
                + " mount -t tmpfs x /usr 2>/dev/null && echo mounted; umount /usr 2>/dev/null && echo unmounted;"
                + " chmod 777 / /etc 2>/dev/null && echo changed;"
                + " for path in /workspace /tmp /var/tmp /dev/shm; do touch $path/x && rm $path/x && echo $path; done";
        Sandbox sandbox = start(script(tries));
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("/workspace\n/tmp\n/var/tmp\n/dev/shm\n");
    }

    @Test
    void aReadOnlyMountStaysSo() throws Exception {
        Path mirror = Files.createDirectories(place.resolve("a\\b c\tmirror"));
        Files.writeString(mirror.resolve("file"), "kept");
        SandboxCommand command = script("cat /mirror/file; echo x >/mirror/file; touch /mirror/new");
        Sandbox sandbox = start(mounting(command, new SandboxCommand.Mount(mirror, "/mirror", false)));
        assertThat(Runs.awaitExit(sandbox)).isNotZero();
        assertThat(Runs.output(sandbox)).isEqualTo("kept");
        assertThat(mirror.resolve("file")).hasContent("kept");
        assertThat(mirror).isDirectoryContaining(path -> path.endsWith("file"));
    }

    @Test
    void aSingleFileIsMounted() throws Exception {
        Path file = Files.writeString(place.resolve("settings"), "text");
        Sandbox sandbox =
                start(mounting(script("cat /opt/settings"), new SandboxCommand.Mount(file, "/opt/settings", false)));
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("text");
    }

    @Test
    void itsOutputIsNoFile() {
        assertThat(outputOf("[ -p /dev/stdin ] && [ -p /dev/stdout ] && [ -p /dev/stderr ] && echo pipes"))
                .isEqualTo("pipes\n");
    }

    @Test
    void itHasNoTerminalToTypeInto() {
        Sandbox sandbox = start(script("tty; exec 2>/dev/null; (exec </dev/tty) && echo a terminal; true"));
        Runs.awaitExit(sandbox);
        assertThat(Runs.output(sandbox)).isEqualTo("not a tty\n");
    }

    @Test
    void itsProgramsWork() {
        assertThat(outputOf("getent passwd agent; git --version | cut -c1-11; umask; stat -c %a /etc; hostname"))
                .isEqualTo("agent:x:1000:1000:agent:/home/agent:/bin/sh\ngit version\n0022\n755\nsandbox\n");
    }

    @Test
    void outputEndsAtItsLimit() {
        var limits = new Limits(0, 0, 0, 100_000);
        Instant deadline = Instant.now().plus(Runs.PATIENCE);
        Sandbox sandbox = start(Runs.with(script("echo first >&2; yes; yes >&2"), deadline, limits));
        Runs.awaitExit(sandbox);
        assertThat(sandbox.size(Stream.STDOUT)).isBetween(100_001L, 100_512L);
        assertThat(sandbox.size(Stream.STDERR)).isBetween(100_001L, 100_512L);
        assertThat(Runs.text(sandbox, Stream.STDERR)).startsWith("first\n");
        assertThat(sandbox.outputLost()).isFalse();
    }

    @Test
    void memoryAndProcessesAreLimitedWhereTheHostAllows() {
        assumeTrue(provider().description().contains("limited by control groups"), "control groups can't be made here");
        var limits = new Limits(64L << 20, 20, 1, 0);
        Instant deadline = Instant.now().plusSeconds(60);
        Sandbox greedy = start(Runs.with(
                Runs.script(provider(), place.resolve("1"), "head -c 300M /dev/zero | tail | wc -c"),
                deadline,
                limits));
        int end = Runs.awaitExit(greedy);
        String said = Runs.output(greedy) + Runs.text(greedy, Stream.STDERR);
        assertThat(said.trim()).isNotEqualTo("314572800");
        assertThat(greedy.memoryExhausted()).as("status %d, said %s", end, said).isTrue();

        Sandbox hoarding = start(Runs.with(
                Runs.script(provider(), place.resolve("3"), "head -c 300M /dev/zero >/tmp/large; echo survived"),
                deadline,
                limits));
        int status = Runs.awaitExit(hoarding);
        assertThat(hoarding.memoryExhausted()).as("status %d", status).isTrue();

        Sandbox forking = start(Runs.with(
                Runs.script(provider(), place.resolve("2"), "for n in $(seq 40); do sleep 100 & done; echo all"),
                deadline,
                limits));
        Runs.awaitExit(forking);
        assertThat(Runs.text(forking, Stream.STDERR)).containsIgnoringCase("fork");
        assertThat(forking.memoryExhausted()).isFalse();
        for (Sandbox sandbox : List.of(greedy, forking)) {
            assertThat(sandbox.directory().resolve("cgroups"))
                    .content()
                    .satisfies(groups -> assertThat(groups.lines())
                            .allSatisfy(group -> assertThat(Path.of(group)).doesNotExist()));
        }
    }

    private static SandboxCommand mounting(SandboxCommand command, SandboxCommand.Mount mount) {
        var mounts = new ArrayList<>(command.mounts());
        mounts.add(mount);
        return new SandboxCommand(
                command.directory(),
                mounts,
                command.workingDirectory(),
                command.environment(),
                command.arguments(),
                command.uid(),
                command.deadline(),
                command.limits());
    }
}
