package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.git.GitException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes out of a sandbox is taken over only if it is sound.
class BundleImportTest {
    private static final long LIMIT = 1 << 20;

    @TempDir
    static Path temporary;

    private static Scene scene;
    private static Scene.Clone clone;
    private static byte[] bundle;

    @BeforeAll
    static void start() {
        scene = new Scene(temporary);
        clone = scene.clone(scene.fetch());
        clone.git().write("new.txt", "new".repeat(1000));
        bundle = clone.commit().output();
    }

    @Test
    void takingOverTwiceIsTakingOverOnce() {
        String first = take("task_twice", bundle);
        assertThat(take("task_twice", bundle)).isEqualTo(first);
        assertThat(scene.store.storedCommit(scene.repository, "task_twice", 1)).contains(first);
        assertThat(scene.store.storedCommit(scene.repository, "task_twice", 2)).isEmpty();
    }

    @Test
    void aForgottenTaskHasNoWorkAndOthersKeepTheirs() {
        String kept = take("task_kept", bundle);
        Scene.Clone other = scene.clone(scene.fetch());
        other.git().write("other.txt", "other");
        String forgotten = take("task_forgotten", other.commit().output());
        assertThat(other.kept().run("cat-file", "-t", forgotten)).isEqualTo("commit");
        scene.store.forget("task_forgotten");
        scene.store.forget("task_forgotten");
        assertThat(scene.store.storedCommit(scene.repository, "task_forgotten", 1))
                .isEmpty();
        assertThat(scene.store.storedCommit(scene.repository, "task_kept", 1)).contains(kept);
        assertThat(other.kept().run("cat-file", "-t", kept)).isEqualTo("commit");
        assertThatThrownBy(() -> other.kept().run("cat-file", "-t", forgotten))
                .hasMessageContaining("could not get object");
    }

    /// Another task's git may read it at that very moment, and would not find what is in the mirror.
    @Test
    void whereTheMirrorIsIsWrittenOnceAndMendedIfItWasCutShort() throws IOException {
        take("task_borrowing", bundle);
        Path alternates = clone.kept().directory().resolve("objects/info/alternates");
        String line = Files.readString(alternates);
        FileTime before = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(alternates, before);

        take("task_borrowing_too", bundle);
        assertThat(Files.getLastModifiedTime(alternates)).isEqualTo(before);

        Files.writeString(alternates, "");
        take("task_borrowing_again", bundle);
        assertThat(alternates).hasContent(line.strip());
        assertThat(alternates.resolveSibling("alternates.new")).doesNotExist();
    }

    @Test
    void manyPacksAreJoinedThoughTheMirrorHasOneOfThemToo(@TempDir Path elsewhere) throws IOException {
        take("task_first", bundle);
        Path packs = clone.kept().directory().resolve("objects/pack");
        TestGit many = TestGit.init(elsewhere.resolve("many"));
        for (int n = 0; n < 41; n++) {
            many.write("n.txt", "n" + n).commit("n" + n);
            many.run("repack", "-l", "-q");
        }
        try (Stream<Path> files = Files.list(many.directory().resolve(".git/objects/pack"))) {
            for (Path file : files.toList()) {
                Files.copy(file, packs.resolve(file.getFileName()));
            }
        }
        // As when what was pushed from here is fetched there.
        Path mirror = scene.store.mirror(scene.repository).resolve("objects/pack");
        try (Stream<Path> files = Files.list(many.directory().resolve(".git/objects/pack"))) {
            String pack = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pack"))
                    .findFirst()
                    .orElseThrow()
                    .replace(".pack", "");
            for (String end : List.of(".pack", ".idx")) {
                Files.copy(packs.resolve(pack + end), mirror.resolve(pack + end));
            }
        }
        String second = take("task_second", bundle);
        assertThat(clone.kept().run("cat-file", "-t", second)).isEqualTo("commit");
        try (Stream<Path> files = Files.list(packs)) {
            assertThat(files.filter(file -> file.toString().endsWith(".pack")).count())
                    .isLessThan(10);
        }
    }

    @Test
    void aBundleAboveTheLimitIsRefused() {
        assertThatThrownBy(() -> scene.store.importBundle(
                        scene.repository, "task_large", 1, new ByteArrayInputStream(bundle), bundle.length - 1))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUNDLE_TOO_LARGE))
                .hasMessage("The work of the agent is larger than " + (bundle.length - 1) + " bytes");
        assertThat(scene.store.storedCommit(scene.repository, "task_large", 1)).isEmpty();
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // slow is fast enough for it
    void anEndlessBundleIsRefusedAtTheLimit() {
        var endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < bundle.length - 100 ? bundle[at++] & 0xff : 0;
            }
        };
        assertThatThrownBy(() -> scene.store.importBundle(scene.repository, "task_endless", 1, endless, LIMIT))
                .isInstanceOf(GitException.class);
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    void aStreamThatBreaksIsNoFaultOfTheBundle() {
        var broken = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == bundle.length / 2) {
                    throw new IOException("disk");
                }
                return bundle[at++] & 0xff;
            }
        };
        assertThatThrownBy(() -> scene.store.importBundle(scene.repository, "task_broken", 1, broken, LIMIT))
                .isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "garbage",
                "# v2 git bundle\n",
                "# v2 git bundle\n\n",
                "# v2 git bundle\nrefs/heads/x\n\n",
                "# v2 git bundle\n0000000000000000000000000000000000000001 refs/heads/x\n\nPACK",
                "# v3 git bundle\n@filter=blob:none\n0000000000000000000000000000000000000001 HEAD\n\n",
                "# v2 git bundle\n0000000000000000000000000000000000000001 a\n"
                        + "0000000000000000000000000000000000000002 b\n\n",
            })
    void whatIsNoBundleIsRefused(String text) {
        invalid(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBundleThatIsCutOrChangedIsRefused() {
        invalid(Arrays.copyOf(bundle, bundle.length - 1));
        byte[] changed = bundle.clone();
        changed[changed.length - 30] ^= 1;
        invalid(changed);
    }

    @Test
    void aHeaderThatNeverEndsIsRefused() {
        invalid(("# v2 git bundle\n" + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8));
        invalid(("# v2 git bundle\n" + ("-" + "0".repeat(40) + "\n").repeat(20_000)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aCommitWhoseHistoryIsUnknownHereIsRefused() {
        TestGit other = TestGit.init(temporary.resolve("other"));
        other.write("a", "a").commit("A");
        other.write("b", "b").commit("B");
        other.run("bundle", "create", "../unknown.bundle", "HEAD", "^HEAD~1");
        invalid(read(temporary.resolve("unknown.bundle")));
    }

    @Test
    void aTreeThatWouldWriteIntoAGitDirectoryIsRefused() {
        TestGit other = TestGit.init(temporary.resolve("evil"));
        other.write("payload", "[core]\n\tfsmonitor = evil\n").commit("Payload");
        String blob = other.run("rev-parse", "HEAD:payload");
        String inner = tree(other, "100644 config", blob);
        String outer = tree(other, "40000 .git", inner);
        other.run("update-ref", "HEAD", other.run("commit-tree", outer, "-m", "Evil"));
        other.run("bundle", "create", "../evil.bundle", "HEAD");
        invalid(read(temporary.resolve("evil.bundle")));
    }

    private static void invalid(byte[] bytes) {
        assertThatThrownBy(() -> take("task_invalid", bytes))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUNDLE_INVALID))
                .hasMessageStartingWith("The work of the agent can't be taken over: ");
        assertThat(scene.store.storedCommit(scene.repository, "task_invalid", 1))
                .isEmpty();
    }

    private static String take(String task, byte[] bytes) {
        return scene.store.importBundle(scene.repository, task, 1, new ByteArrayInputStream(bytes), LIMIT);
    }

    /// A tree with one entry that no git command would write.
    private static String tree(TestGit git, String modeAndName, String object) {
        try {
            var bytes = new ByteArrayOutputStream();
            bytes.write((modeAndName + "\0").getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.of().parseHex(object));
            Files.write(git.directory().resolve("tree"), bytes.toByteArray());
            return git.run("hash-object", "-t", "tree", "-w", "--literally", "tree");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
