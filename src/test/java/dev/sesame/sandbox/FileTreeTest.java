package dev.sesame.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path place;

    private Path outside;
    private Path tree;

    @BeforeEach
    void plant() throws Exception {
        outside = Files.createDirectories(place.resolve("outside"));
        Files.writeString(outside.resolve("file"), "kept");
        tree = Files.createDirectories(place.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("directory"), outside);
        Files.createSymbolicLink(tree.resolve("file"), outside.resolve("file"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
    }

    @Test
    void deletingFollowsNoLink() {
        FileTree.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("file")).hasContent("kept");
    }

    @Test
    void aLinkAsRootIsDeletedItself() {
        FileTree.delete(tree.resolve("directory"));
        assertThat(Files.exists(tree.resolve("directory"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(outside.resolve("file")).hasContent("kept");
    }

    @Test
    void deletingNothingIsFine() {
        assertThatCode(() -> FileTree.delete(place.resolve("absent"))).doesNotThrowAnyException();
    }

    @Test
    void directoriesWithoutPermissionsAreDeleted() throws Exception {
        Path closed = Files.createDirectories(tree.resolve("closed/inner"));
        Files.writeString(closed.resolve("file"), "x");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
        FileTree.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void noDepthIsTooDeep() throws Exception {
        String script = "n=0; while [ $n -lt 30 ]; do mkdir -p $0 && cd -P $0 || exit 1; n=$((n + 1)); done";
        Process digging = new ProcessBuilder("sh", "-c", script, "d/".repeat(100))
                .directory(tree.toFile())
                .start();
        assertThat(digging.waitFor()).isZero();
        FileTree.delete(tree);
        assertThat(tree).doesNotExist();
    }

    @Test
    void givingFollowsNoLink() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root gives files away");
        Files.createDirectories(tree.resolve("sub"));
        FileTree.give(tree, Runs.UID);
        assertThat(uid(tree)).isEqualTo(Runs.UID);
        assertThat(uid(tree.resolve("sub"))).isEqualTo(Runs.UID);
        assertThat(uid(tree.resolve("file"))).isEqualTo(Runs.UID);
        assertThat(uid(outside)).isZero();
        assertThat(uid(outside.resolve("file"))).isZero();
    }

    private static int uid(Path path) throws Exception {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
