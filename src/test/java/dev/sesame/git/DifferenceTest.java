package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The diff that the user sees, and the search for secrets in what a push would publish.
class DifferenceTest {
    private static final String SECRET = "sk-ant-0123456789";

    @TempDir
    static Path temporary;

    private static Scene scene;
    private static Base base;
    private Scene.Clone clone;

    @BeforeAll
    static void publish() {
        scene = new Scene(temporary);
        scene.scratch()
                .write("long.txt", "line\n".repeat(500))
                .write("old.txt", "had " + SECRET + "\n")
                .commit("Second");
        scene.publish();
        base = scene.fetch();
    }

    @BeforeEach
    void start() {
        clone = scene.clone(base);
    }

    @Test
    void renamesAndBinaryFilesAreNoted() throws Exception {
        Path root = clone.git().directory();
        Files.move(root.resolve("long.txt"), root.resolve("renamed.txt"));
        Files.write(root.resolve("binary"), new byte[] {0, 1, 2});
        String kept = clone.keep();

        assertThat(diff(kept, 1 << 20))
                .contains("similarity index 100%\nrename from long.txt\nrename to renamed.txt\n")
                .contains("Binary files /dev/null and b/binary differ\n");
        assertThat(clone.changed(kept)).containsExactly("binary", "long.txt", "renamed.txt");
    }

    @Test
    void aLongDiffIsCutAtALine() {
        clone.git().write("more.txt", "more\n".repeat(1000));
        String kept = clone.keep();

        var out = new ByteArrayOutputStream();
        assertThat(scene.store.diff(scene.repository, base.commit(), kept, out, 1003))
                .isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .hasSizeBetween(990, 1003)
                .endsWith("\n+more\n");
    }

    @Test
    void textConversionsOfTheTreeAreOff() {
        clone.git().write(".gitattributes", "*.txt -diff\n").write("shown.txt", "shown\n");
        assertThat(diff(clone.keep(), 1 << 20)).contains("\n+shown\n");
    }

    @Test
    void noSecretIsFoundWhereNoneIsNew() {
        clone.git()
                .write("old.txt", "nothing more\n")
                .write("++ b/x", "@@ -1 +1 @@\n+++ b/y\n")
                .write("ä", "ö");
        assertThat(find(clone.keep())).isEmpty();
    }

    @Test
    void secretsInAddedLinesAreFound() {
        clone.git().write("README.md", "hello\nkey " + SECRET + " here\n");
        assertThat(find(clone.keep())).contains("README.md");
    }

    @Test
    void secretsOfSeveralLinesAreFound() {
        clone.git().write("dir with space/key.pem", "x\nBEGIN\nabc\nEND\ny\n");
        assertThat(scene.store.pathWithSecret(
                        scene.repository, base.commit(), clone.keep(), text -> text.contains("BEGIN\nabc\nEND")))
                .contains("dir with space/key.pem");
    }

    @Test
    void secretsInNamesAreFound() {
        clone.git().write("keys/" + SECRET, "");
        assertThat(find(clone.keep())).contains("keys/" + SECRET);
    }

    @Test
    void secretsInBinaryFilesAreFound() throws Exception {
        byte[] content = ("\0\1" + SECRET + "\0").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(clone.git().directory().resolve("data.bin"), Arrays.copyOf(content, 200_000));
        assertThat(find(clone.keep())).contains("data.bin");
    }

    @Test
    void secretsThatALaterCommitTookOutAgainAreFound() {
        clone.git().write("leak.txt", SECRET).commit("Oops");
        clone.git().write("leak.txt", "nothing").commit("Better");
        assertThat(find(clone.keep())).contains("leak.txt");
    }

    @Test
    void secretsInMessagesAreFound() {
        clone.git().write("a.txt", "a").commit("Use\n\nthe key " + SECRET);
        assertThat(find(clone.keep())).contains("the message of a commit");
    }

    @Test
    void secretsInVeryLongLinesAreFound() {
        clone.git().write("long.js", "x".repeat(3 << 20) + SECRET + "y".repeat(3 << 20));
        assertThat(find(clone.keep())).contains("long.js");
    }

    private static Optional<String> find(String kept) {
        return scene.store.pathWithSecret(scene.repository, base.commit(), kept, text -> text.contains(SECRET));
    }

    private static String diff(String kept, long limit) {
        var out = new ByteArrayOutputStream();
        scene.store.diff(scene.repository, base.commit(), kept, out, limit);
        return out.toString(StandardCharsets.UTF_8);
    }
}
