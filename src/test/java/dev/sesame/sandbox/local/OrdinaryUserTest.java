package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.HostNeeds;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the other tests run as root: the same for a server that isn't, in a JVM of its own.
class OrdinaryUserTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @Test
    void anOrdinaryUserHasFullIsolationToo(@TempDir Path place) throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "the other tests are this one");
        HostNeeds.isolation(Isolation.FULL, place.resolve("root")).close();
        for (Class<?> each : List.of(LocalSandboxes.class, OrdinaryUserTest.class)) {
            copyClasses(each, place.resolve("classes"));
        }
        FileTree.give(place, Runs.UID);
        var words = asOther(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                place.resolve("classes").toString());
        words.addAll(List.of(OrdinaryUserTest.class.getName(), place.toString()));

        assertThat(output(words)).isEqualTo("FULL\n1000\n3\nready\n1000\nsandbox\ntrue\n-1\n");
        assertThat(Leftovers.of(place)).isEmpty();
    }

    /// That server.
    public static void main(String[] words) {
        Path place = Path.of(words[0]);
        try (var provider = LocalSandboxes.best(place.resolve("files"))) {
            System.out.println(provider.isolation());
            Sandbox sandbox = provider.start(Runs.script(provider, place.resolve("1"), "id -u; exit 3"));
            int exit = Runs.awaitExit(sandbox);
            System.out.print(Runs.output(sandbox));
            System.out.println(exit);
            Sandbox killed = provider.start(Runs.script(provider, place.resolve("2"), "echo ready; sleep 1000"));
            Runs.awaitOutput(killed, "ready");
            var joining = Runs.script(
                    provider, place.resolve("3"), "ps ax | grep -q 'slee[p] 1000' && echo ready; id -u; hostname");
            Sandbox joined = provider.join(killed.directory(), joining);
            Runs.awaitExit(joined);
            System.out.print(Runs.output(joined) + Runs.text(joined, Sandbox.Stream.STDERR));
            System.out.println(killed.kill(Runs.PATIENCE));
            System.out.println(killed.exit().getAsInt());
        }
    }

    private static List<String> asOther(String... command) {
        var words = new ArrayList<>(List.of("setpriv", "--reuid", "" + Runs.UID, "--regid", "" + Runs.UID));
        words.add("--clear-groups");
        words.addAll(List.of(command));
        return words;
    }

    private static String output(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    // They may lie where only root may look.
    private static void copyClasses(Class<?> one, Path to) throws Exception {
        Path from =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Files.createDirectories(to);
        Process copy = new ProcessBuilder("cp", "-R", from + "/.", to.toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
    }
}
