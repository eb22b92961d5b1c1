package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
    @TempDir
    Path host;

    @Test
    void directoriesAndLinksOfTheHostStayWhatTheyAre() throws Exception {
        Files.createDirectories(host.resolve("usr"));
        Files.createDirectories(host.resolve("bin"));
        Files.createSymbolicLink(host.resolve("lib"), Path.of("usr/lib"));
        Files.createDirectories(host.resolve("etc/java-99-openjdk"));
        Files.createFile(host.resolve("etc/hosts"));
        Files.createFile(host.resolve("etc/shadow"));

        String words = String.join(" ", SystemFiles.words(host));
        assertThat(words)
                .contains("--ro-bind " + host.resolve("bin") + " /bin")
                .contains("--symlink usr/lib /lib")
                .contains("--ro-bind " + host.resolve("etc/hosts") + " /etc/hosts")
                .contains("--ro-bind " + host.resolve("etc/java-99-openjdk"))
                .doesNotContain("shadow", " /sbin", " /lib64");
    }
}
