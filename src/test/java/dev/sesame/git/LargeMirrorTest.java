package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second task on a large repository borrows the mirror: it costs neither the time nor the space of the
/// first. The size is that of the history; only a little is checked out.
class LargeMirrorTest {
    private static final int CHUNK = 8 << 20;

    @TempDir
    Path temporary;

    @Test
    void aSecondCloneBorrowsTheHistory() throws IOException {
        secondCloneOf(32);
    }

    @Test
    @Tag("slow")
    void aSecondCloneOfAGigabyteBorrowsTheHistory() throws IOException {
        double timesFaster = secondCloneOf(1024);

        assertThat(timesFaster).isGreaterThan(10);
    }

    /// Returns how many times faster the second fetch and clone were than the first.
    private double secondCloneOf(int mebibytes) throws IOException {
        var scene = new Scene(temporary);
        int commits = grow(scene.scratch(), mebibytes);
        scene.publish();
        long start = System.nanoTime();
        Base base = scene.fetch();
        scene.clone(base);
        long between = System.nanoTime();

        Scene.Clone second = scene.clone(scene.fetch());

        long end = System.nanoTime();

        assertThat(size(base.mirror())).isGreaterThan((long) mebibytes << 20);
        assertThat(size(second.git().directory())).isLessThan(200_000);
        assertThat(second.git().run("rev-list", "--count", "HEAD")).isEqualTo(Integer.toString(commits));
        assertThat(second.git().run("count-objects")).isEqualTo("0 objects, 0 kilobytes");
        return (double) (between - start) / (end - between);
    }

    /// Commits files of random bytes, and returns how many commits there are then.
    private static int grow(TestGit git, int mebibytes) throws IOException {
        git.run("config", "core.bigFileThreshold", "1m");
        git.run("config", "core.compression", "0");
        var random = new Random(7);
        byte[] chunk = new byte[CHUNK];
        int files = (mebibytes << 20) / CHUNK + 1;
        Path data = git.directory().resolve("data");
        for (int i = 0; i < files; i++) {
            random.nextBytes(chunk); // nothing in it that git could store as a difference
            Files.write(data, chunk);
            git.commit("Data " + i);
        }
        git.run("rm", "--quiet", "data");
        git.commit("No data");
        return files + 2;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
