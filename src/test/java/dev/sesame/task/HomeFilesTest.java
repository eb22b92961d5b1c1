package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent may have made anything of its home.
@Timeout(10)
class HomeFilesTest {
    @TempDir
    private Path directory;

    private Path home;
    private Path file;
    private Path others;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        file = home.resolve(".codex/auth.json");
        others = Files.writeString(
                Files.createDirectory(directory.resolve("others")).resolve("auth.json"), "of others");
    }

    @Test
    void whatIsWrittenIsItsOwnersAloneAndCanBeReadAndTakenAway() throws IOException {
        HomeFiles.write(home, file, "a");
        HomeFiles.write(home, file, "ä");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(HomeFiles.read(home, file, 2)).contains("ä");
        HomeFiles.delete(home, file);
        HomeFiles.delete(home, file);
        assertThat(file).doesNotExist();
        assertThat(HomeFiles.read(home, file, 2)).isEmpty();
    }

    @Test
    void aLinkInsteadOfTheFileIsNotFollowed() throws IOException {
        Files.createDirectory(home.resolve(".codex"));
        Files.createSymbolicLink(file, others);

        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
        HomeFiles.write(home, file, "ours");
        assertThat(others).hasContent("of others");
        assertThat(HomeFiles.read(home, file, 100)).contains("ours");
    }

    @Test
    void aLinkInsteadOfItsDirectoryIsNotFollowed() throws IOException {
        Files.createSymbolicLink(home.resolve(".codex"), others.getParent());

        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
        HomeFiles.delete(home, file);
        assertThat(others).hasContent("of others");
        HomeFiles.write(home, file, "ours");
        assertThat(others).hasContent("of others");
    }

    @Test
    void aPipeADirectoryAndWhatIsTooLargeOrNoTextAreNotRead() throws Exception {
        Files.createDirectories(file);
        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
        Files.delete(file);
        Files.writeString(file, "x".repeat(101));
        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
        Files.write(file, new byte[] {(byte) 0xc3, 0x28});
        assertThat(HomeFiles.read(home, file, 100)).isEmpty();
    }

    @Test
    void onlyAFileThatHoldsWhatIsKnownIsReplaced() throws IOException {
        HomeFiles.write(home, file, "the öld one");
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

        assertThat(HomeFiles.replace(home, file, "another", "new")).isFalse();
        assertThat(HomeFiles.replace(home, file, "the öld one and more", "new")).isFalse();
        assertThat(file).hasContent("the öld one");
        assertThat(HomeFiles.replace(home, file, "the öld one", "néw")).isTrue();
        assertThat(file).hasContent("néw");
        assertThat(HomeFiles.replace(home, file, "néw", "longer than before")).isTrue();
        assertThat(file).hasContent("longer than before");
        assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);

        Files.delete(file);
        assertThat(HomeFiles.replace(home, file, "longer than before", "new")).isFalse();
        Files.createSymbolicLink(file, others);
        assertThat(HomeFiles.replace(home, file, "of others", "new")).isFalse();
        assertThat(others).hasContent("of others");
    }

    @Test
    void nothingOutsideTheHomeIsTouched() {
        assertThatThrownBy(() -> HomeFiles.write(home, home.resolve("../others/auth.json"), "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HomeFiles.read(home, others, 100)).isInstanceOf(IllegalArgumentException.class);
    }
}
