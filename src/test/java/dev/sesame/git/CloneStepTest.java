package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloneStepTest {
    @TempDir
    Path temporary;

    private Scene scene;

    @BeforeEach
    void start() {
        scene = new Scene(temporary);
    }

    @Test
    void aCloneKnowsBranchesTagsAndItsOrigin() {
        scene.scratch().run("tag", "-a", "v1", "-m", "One");
        scene.scratch().run("branch", "feature");
        scene.publish();

        TestGit git = scene.clone(scene.fetch()).git();

        assertThat(git.run("for-each-ref", "--format=%(refname) %(symref)")
                        .lines()
                        .map(String::strip))
                .containsExactly(
                        "refs/heads/sesame/task-1",
                        "refs/remotes/origin/HEAD refs/remotes/origin/main",
                        "refs/remotes/origin/feature",
                        "refs/remotes/origin/main",
                        "refs/tags/v1");
        assertThat(git.run("symbolic-ref", "HEAD")).isEqualTo("refs/heads/sesame/task-1");
        assertThat(git.run("describe")).isEqualTo("v1");
        assertThat(git.run("status", "--porcelain")).isEmpty();
        assertThat(git.run("config", "user.email")).isEqualTo("ada@example.org");
        assertThat(git.run("fsck", "--strict")).isEmpty();
    }

    @Test
    void theAgentsDroppingsAreIgnored() {
        TestGit git = scene.clone(scene.fetch()).git();
        git.write(".claude/settings.local.json", "{}");
        assertThat(git.run("status", "--porcelain")).isEmpty();
    }

    @Test
    void aHalfMadeWorkspaceIsMadeAnew() throws IOException {
        Base base = scene.fetch();
        Scene.Clone clone = scene.clone(base);
        Path root = clone.git().directory();
        clone.git().write("left/over", "x").write(".git/index.lock", "");
        Files.delete(root.resolve("README.md"));

        WorkspaceRun run =
                WorkspaceRun.of(clone.workspace().cloneStep(base.commit(), Optional.empty(), Scene.BRANCH), temporary);

        assertThat(run.exit()).isZero();
        assertThat(root.resolve("README.md")).exists();
        assertThat(root.resolve("left")).doesNotExist();
    }

    @Test
    void submodulesAreSaidNotInitialised() {
        String commit = scene.scratch().head();
        scene.scratch()
                .write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = https://github.com/ada/lib\n")
                .run("update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
        scene.scratch().run("add", ".gitmodules");
        scene.scratch().run("commit", "--quiet", "-m", "A submodule");
        scene.publish();

        assertThat(cloneLog()).contains("Submodules are not initialised (1)");
    }

    @Test
    void lfsFilesStayPointersAndAreSaid() {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 5\n";
        scene.scratch().write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        scene.scratch().write("a.bin", pointer).write("dir/b.bin", pointer).commit("Large files");
        scene.publish();

        Base base = scene.fetch();
        assertThat(scene.clone(base).git().directory().resolve("a.bin")).hasContent(pointer);
        assertThat(cloneLog()).contains("Git LFS files stay pointers, their content is not downloaded (2)");
    }

    @Test
    void aFollowUpStartsAtWorkThatWasNeverPushed() throws IOException {
        Base base = scene.fetch();
        Scene.Clone first = scene.clone(base);
        first.git().write("first.txt", "first");
        String kept = first.keep();
        Path target = temporary.resolve("start.bundle");

        assertThat(scene.store.startBundle(scene.repository, base.commit(), target))
                .isEmpty();
        Optional<Path> bundle = scene.store.startBundle(scene.repository, kept, target);
        Scene.Clone second = scene.clone(base, kept, bundle);
        second.git().write("second.txt", "second");
        String keptToo = second.keep();

        assertThat(second.git().directory().resolve("first.txt")).hasContent("first");
        assertThat(second.changed(keptToo)).containsExactly("second.txt");
        assertThat(scene.store.changedPaths(scene.repository, base.commit(), keptToo))
                .containsExactly("first.txt", "second.txt");
        assertThat(Files.size(target)).isLessThan(2_000);
    }

    private String cloneLog() {
        Base base = scene.fetch();
        Path place = scene.clone(base).git().directory();
        Workspace workspace = AttemptWork.workspace(scene.repository, base, place);
        return WorkspaceRun.of(workspace.cloneStep(base.commit(), Optional.empty(), Scene.BRANCH), temporary)
                .text();
    }
}
