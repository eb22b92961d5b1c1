package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.sandbox.HostNeeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How `./sesame` and the Makefile find a JDK, on a host whose own ones are out of sight.
class LauncherTest {
    private static final List<String> SYSTEM_PLACES = List.of("/usr/lib/jvm", "/usr/java", "/opt/java");
    private static final String FIND = ". scripts/jdk.sh; find_jdk && echo \"found $JAVA_HOME\"";

    private @TempDir Path home;

    @BeforeEach
    void needBubblewrap() throws Exception {
        HostNeeds.need(run(Map.of(), "true").status() == 0, "a bubblewrap that works");
    }

    private record Result(int status, String output) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".sdkman/candidates/java/25-tem",
                ".jdks/temurin-25",
                ".local/share/mise/installs/java/25",
                ".asdf/installs/java/25",
                "Library/Java/JavaVirtualMachines/25.jdk/Contents/Home"
            })
    void aJdkInAPlaceOfTheUsersIsFound(String place) throws Exception {
        Path jdk = jdk(place, "25.0.1");
        assertThat(run(Map.of(), FIND)).isEqualTo(new Result(0, "found " + jdk));
    }

    @Test
    void javaHomeIsFound() throws Exception {
        Path jdk = jdk("elsewhere", "26");
        assertThat(run(Map.of("JAVA_HOME", jdk.toString()), FIND)).isEqualTo(new Result(0, "found " + jdk));
    }

    @Test
    void theOneOnThePathIsFoundThroughItsLinks() throws Exception {
        Path jdk = jdk("elsewhere", "25");
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
        assertThat(run(Map.of("PATH", bin + ":/usr/bin:/bin"), FIND)).isEqualTo(new Result(0, "found " + jdk));
    }

    @Test
    void olderOnesAndThoseWithoutACompilerArePassedOver() throws Exception {
        Path old = jdk("old", "17.0.9");
        Path runtime = jdk(".jdks/a-runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Path jdk = jdk(".jdks/b-whole", "25");
        assertThat(run(Map.of("JAVA_HOME", old.toString()), FIND)).isEqualTo(new Result(0, "found " + jdk));
    }

    @Test
    void oneThatIsAskedForIsTakenOrNone() throws Exception {
        jdk(".jdks/other", "25");
        Path asked = jdk("asked", "25");
        assertThat(run(Map.of("SESAME_JAVA_HOME", asked.toString()), FIND)).isEqualTo(new Result(0, "found " + asked));

        Result none = run(Map.of("SESAME_JAVA_HOME", "/nowhere"), FIND);
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.output()).isEqualTo("SESAME_JAVA_HOME is /nowhere, but no JDK 25 or newer is there.");
    }

    @Test
    void withoutAnyTheLauncherSaysWhatToInstall() throws Exception {
        Result result = run(Map.of(), "./sesame --version");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("Sesame needs a JDK of version 25 or newer, and none was found.")
                .contains("apt-get install", "SESAME_JAVA_HOME");
    }

    /// Or Java could not name every file of a repository: it takes the names' encoding from there.
    @Test
    void aLocaleThatLacksCharactersOrIsNotInstalledIsReplaced() throws Exception {
        String tell = ". scripts/jdk.sh; echo \"${LC_ALL:-}\"";
        assertThat(run(Map.of(), tell).output()).isEqualTo("C.UTF-8");
        assertThat(run(Map.of("LANG", "C.UTF-8", "LC_ALL", "C"), tell).output()).isEqualTo("C.UTF-8");
        assertThat(run(Map.of("LANG", "xx_XX.UTF-8"), tell).output()).isEqualTo("C.UTF-8");
        assertThat(run(Map.of("LANG", "C.UTF-8"), tell).output()).isEmpty();
    }

    @Test
    void itBuildsWhenASourceIsNewerAndNotForWhatABuildLeaves() throws Exception {
        String built = """
                root=$HOME/app; mkdir -p $root/target/quarkus-app $root/src/main $root/web
                touch $root/pom.xml $root/web/page.tsx $root/src/main/Main.java $root/src/main/Other.java
                find $root -exec touch -d 2001-01-01 {} +
                . scripts/build.sh; touch -d 2002-01-01 $jar $stamp
                mkdir -p $root/web/node_modules/react; touch $root/web/node_modules/react/index.js
                """;
        String tell = "\nif is_stale; then echo stale; else echo fresh; fi";
        assertThat(run(Map.of(), built + tell).output()).isEqualTo("fresh");
        assertThat(run(Map.of(), built + "touch $root/web/page.tsx" + tell).output())
                .isEqualTo("stale");
        assertThat(run(Map.of(), built + "touch $root/src/main/New.java" + tell).output())
                .isEqualTo("stale");
        assertThat(run(Map.of(), built + "rm $root/src/main/Other.java" + tell).output())
                .isEqualTo("stale");
        assertThat(run(Map.of(), built + "rm $jar" + tell).output()).isEqualTo("stale");
    }

    private Path jdk(String place, String version) throws IOException {
        Path jdk = home.resolve(place);
        Files.createDirectories(jdk.resolve("bin"));
        Files.createFile(
                jdk.resolve("bin/javac"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private Result run(Map<String, String> environment, String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bwrap", "--dev-bind", "/", "/"));
        for (String place : SYSTEM_PLACES) {
            if (Files.isDirectory(Path.of(place))) {
                command.addAll(List.of("--tmpfs", place));
            }
        }
        command.addAll(List.of("sh", "-c", script));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output.strip());
    }
}
