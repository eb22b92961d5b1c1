package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mirror in any state in which a killed git, a killed server or a failing disk may leave it.
class MirrorRepairTest {
    @TempDir
    Path temporary;

    private Scene scene;
    private Path mirror;

    @BeforeEach
    void start() {
        scene = new Scene(temporary);
        mirror = scene.store.mirror(scene.repository);
    }

    @Test
    void whatAKilledFirstFetchLeftIsClearedAway() throws IOException {
        Path half = mirror.resolveSibling("mirror.git.new");
        Files.createDirectories(half.resolve("objects"));
        Files.writeString(half.resolve("config.lock"), "");

        fetchAndClone();
        assertThat(half).doesNotExist();
    }

    @Test
    void halfPacksAndLocksOfAKilledFetchAreClearedAway() throws IOException {
        fetchAndClone();
        Path pack = Files.writeString(mirror.resolve("objects/pack/tmp_pack_x7g2Kd"), "PACK");
        Path ref = Files.writeString(mirror.resolve("refs/heads/main.lock"), "");
        Path packed = Files.writeString(mirror.resolve("packed-refs.lock"), "");
        scene.scratch().commit("Later");
        scene.publish();

        fetchAndClone();
        assertThat(List.of(pack, ref, packed))
                .allSatisfy(file -> assertThat(file).doesNotExist());
    }

    @Test
    void lostObjectsAreFetchedAgain() throws IOException {
        fetchAndClone();
        for (Path file : objects()) {
            Files.delete(file);
        }
        fetchAndClone();
    }

    @Test
    void cutObjectsAreFetchedAgain() throws IOException {
        fetchAndClone();
        for (Path file : objects()) {
            file.toFile().setWritable(true);
            Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        }
        fetchAndClone();
    }

    @Test
    void aBrokenRefIsMadeAnew() throws IOException {
        fetchAndClone();
        Files.writeString(mirror.resolve("refs/heads/main"), "");
        fetchAndClone();
    }

    @Test
    void aMirrorThatIsNoRepositoryAnyMoreIsMadeAnew() throws IOException {
        fetchAndClone();
        Files.writeString(mirror.resolve("HEAD"), "");
        Files.writeString(mirror.resolve("config"), "[core\n");
        fetchAndClone();
    }

    @Test
    void aMirrorSetAsideGoesOnServingWhoHasItOpen() throws IOException {
        fetchAndClone();
        Files.writeString(mirror.resolve("HEAD"), "");
        fetchAndClone();
        assertThat(mirror.resolveSibling("damaged.git").resolve("objects")).isDirectory();
    }

    @Test
    void manySmallFetchesDoNotPileUpPacks() throws IOException {
        fetchAndClone();
        // Packs as fetches leave them, made the short way.
        for (int i = 0; i < 60; i++) {
            String blob = scene.scratch().write("blob", "blob " + i).run("hash-object", "-w", "blob");
            Files.writeString(temporary.resolve("list"), blob + "\n");
            new ProcessBuilder(
                            "git",
                            "--git-dir=" + temporary.resolve("scratch/.git"),
                            "pack-objects",
                            "-q",
                            mirror.resolve("objects/pack/pack").toString())
                    .redirectInput(temporary.resolve("list").toFile())
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream()
                    .readAllBytes();
        }
        assertThat(packs()).hasSizeGreaterThan(60);
        scene.scratch().commit("Later");
        scene.publish();

        fetchAndClone();

        assertThat(packs()).hasSizeLessThan(10);
        assertThat(new TestGit(mirror).run("cat-file", "blob", scene.scratch().run("hash-object", "blob")))
                .isEqualTo("blob 59");
    }

    // The server that comes upon the damage has not used the mirror before, or a clone of it has failed.
    private void fetchAndClone() {
        scene.store.distrust(scene.repository);
        Base base = scene.fetch();
        assertThat(base.commit()).isEqualTo(scene.origin.head());
        assertThat(scene.clone(base).git().run("fsck", "--no-dangling")).isEmpty();
    }

    private List<Path> packs() throws IOException {
        try (Stream<Path> files = Files.list(mirror.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).toList();
        }
    }

    private List<Path> objects() throws IOException {
        try (Stream<Path> files = Files.walk(mirror.resolve("objects"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
