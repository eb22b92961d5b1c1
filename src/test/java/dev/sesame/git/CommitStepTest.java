package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a workspace, in whatever state the agent left it.
class CommitStepTest {
    @TempDir
    static Path temporary;

    private static Scene scene;
    private static Base base;
    private Scene.Clone clone;

    @BeforeAll
    static void publish() {
        scene = new Scene(temporary);
        scene.scratch().write("src/a.txt", "a\n").write("src/b.txt", "b\n").commit("Second");
        scene.publish();
        base = scene.fetch();
    }

    @BeforeEach
    void start() {
        clone = scene.clone(base);
    }

    @Test
    void nothingChangedWritesNothing() {
        WorkspaceRun run = clone.commit();
        assertThat(run.exit()).isZero();
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).isEqualTo("Nothing changed\n");
    }

    @Test
    void onlyDroppingsCountAsNothing() {
        clone.git().write(".claude/settings.local.json", "{}");
        assertThat(clone.commit().output()).isEmpty();
    }

    @Test
    void allKindsOfChangesAreCommitted() throws IOException {
        Path root = clone.git().directory();
        Files.delete(root.resolve("src/a.txt"));
        Files.move(root.resolve("src/b.txt"), root.resolve("-b 'q\" $(x).txt"));
        Files.setPosixFilePermissions(root.resolve("README.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(root.resolve("passwd"), Path.of("/etc/passwd"));
        clone.git().write(".gitignore", "ignored\n").write("ignored", "x");

        String kept = clone.keep();

        assertThat(clone.changed(kept))
                .containsExactlyInAnyOrder(
                        ".gitignore", "-b 'q\" $(x).txt", "README.md", "passwd", "src/a.txt", "src/b.txt");
        assertThat(clone.kept().run("cat-file", "blob", kept + ":passwd")).isEqualTo("/etc/passwd");
        assertThat(clone.kept().run("log", "--format=%s %an", clone.start() + ".." + kept))
                .isEqualTo("Do the work Ada");
    }

    @Test
    void theAgentsOwnCommitsAreKept() {
        String own = clone.git().write("own.txt", "own").commit("My own commit");
        clone.git().write("rest.txt", "rest");

        String kept = clone.keep();

        assertThat(clone.kept().run("log", "--format=%s", clone.start() + ".." + kept))
                .isEqualTo("Do the work\nMy own commit");
        assertThat(clone.kept().run("rev-parse", kept + "^")).isEqualTo(own);
    }

    @Test
    void ownCommitsWithNothingLeftToCommitAreTheResult() {
        String own = clone.git().write("own.txt", "own").commit("My own commit");
        assertThat(clone.keep()).isEqualTo(own);
    }

    @Test
    void ownCommitsThatCancelOutAreNoChange() {
        clone.git().write("own.txt", "own").commit("There");
        clone.git().run("revert", "--no-edit", "HEAD");
        assertThat(clone.commit().output()).isEmpty();
    }

    @Test
    void whateverIsCheckedOutCounts() {
        clone.git().run("checkout", "--quiet", "-b", "agents-own-branch");
        String own = clone.git().write("own.txt", "own").commit("On a branch of its own");
        clone.git().run("checkout", "--quiet", "--detach");
        clone.git().write("rest.txt", "rest");

        String kept = clone.keep();

        assertThat(clone.kept().run("rev-parse", kept + "^")).isEqualTo(own);
        assertThat(clone.changed(kept)).containsExactly("own.txt", "rest.txt");
    }

    @Test
    void filesOnAHistoryWithoutTheStartAreCommittedOnTopOfIt() {
        clone.git().run("checkout", "--quiet", "--orphan", "fresh");
        clone.git().write("new.txt", "new").commit("A new beginning");

        WorkspaceRun run = clone.commit();
        assertThat(run.errors())
                .isEqualTo("What is checked out does not contain the start; its files are committed on top of it\n");
        String kept = clone.keep();
        assertThat(clone.kept().run("rev-parse", kept + "^")).isEqualTo(clone.start());
        assertThat(clone.changed(kept)).containsExactly("new.txt");
    }

    @Test
    void aResetToAnEarlierCommitIsAChangeToo() {
        clone.git().run("reset", "--quiet", "--hard", "HEAD~1");
        String kept = clone.keep();
        assertThat(clone.kept().run("rev-parse", kept + "^")).isEqualTo(clone.start());
        assertThat(clone.changed(kept)).containsExactly("src/a.txt", "src/b.txt");
    }

    @Test
    void droppingsAreTakenOutOfTheAgentsOwnCommitsToo() {
        clone.git().write(".claude/settings.local.json", "{}").write("own.txt", "own");
        clone.git().run("add", "--force", "--all");
        clone.git().commit("With a dropping");

        WorkspaceRun run = clone.commit();
        assertThat(run.errors()).startsWith("The agent committed files that are never committed; ");
        String kept = clone.keep();
        assertThat(clone.changed(kept)).containsExactly("own.txt");
        assertThat(clone.kept().run("rev-parse", kept + "^")).isEqualTo(clone.start());
    }

    @Test
    void anExcludedFileThatTheRepositoryHasStaysAsItWas() {
        scene.scratch().run("checkout", "--quiet", "-b", "tracked", base.commit());
        scene.scratch()
                .write(".claude/settings.local.json", "{\"of\": \"the repository\"}")
                .commit("Tracked");
        scene.publish();
        clone = scene.clone(scene.store.fetch(scene.repository, Scene.NONE, Optional.of("tracked"), _ -> {}));

        clone.git().write(".claude/settings.local.json", "{}").write("own.txt", "own");

        assertThat(clone.changed(clone.keep())).containsExactly("own.txt");
    }

    @Test
    void locksAndUnfinishedRebasesAreNoObstacle() throws IOException {
        Path dotGit = clone.git().directory().resolve(".git");
        clone.git().run("checkout", "--quiet", "-b", "other");
        clone.git().write("src/a.txt", "other\n").commit("Other");
        clone.git().run("checkout", "--quiet", Scene.BRANCH);
        clone.git().write("src/a.txt", "mine\n").commit("Mine");
        assertThat(rebaseConflicts()).isTrue();
        for (String lock : new String[] {"index.lock", "HEAD.lock", "config.lock"}) {
            Files.writeString(dotGit.resolve(lock), "");
        }

        String kept = clone.keep();

        assertThat(clone.kept().run("cat-file", "blob", kept + ":src/a.txt")).contains("<<<<<<<", ">>>>>>>");
    }

    @Test
    void anUnreadableIndexIsMadeAnew() throws IOException {
        Files.writeString(clone.git().directory().resolve(".git/index"), "garbage");
        clone.git().write("new.txt", "new");
        assertThat(clone.changed(clone.keep())).containsExactly("new.txt");
    }

    @Test
    void aDeletedRepositoryLeavesTheFiles() {
        clone.git().write("new.txt", "new");
        BareRepository.delete(clone.git().directory().resolve(".git"));

        WorkspaceRun run = clone.commit();
        assertThat(run.errors())
                .isEqualTo("The agent's repository has no commit checked out; its files are committed on top of the"
                        + " start\n");
        assertThat(clone.changed(clone.keep())).containsExactly("new.txt");
    }

    @Test
    void aRepositoryInsideIsOnlyALink() {
        TestGit inner = TestGit.init(clone.git().directory().resolve("vendor/inner"));
        inner.write("x", "x").commit("Inner");
        TestGit.init(clone.git().directory().resolve("vendor/unborn")).write("y", "y");
        clone.git().write("new.txt", "new");

        WorkspaceRun run = clone.commit();

        assertThat(run.exit()).isZero();
        assertThat(run.errors())
                .contains("adding embedded git repository: vendor/inner", "Some files could not be added");
        assertThat(clone.changed(clone.keep())).contains("new.txt", "vendor/inner");
    }

    @Test
    void aBranchOfTheRemoteMayBeMerged() {
        scene.scratch().run("checkout", "--quiet", "-b", "feature", base.commit() + "~1");
        scene.scratch().write("feature.txt", "feature").commit("Feature");
        scene.publish();
        scene.fetch();
        clone = scene.clone(base);

        clone.git().run("merge", "--quiet", "--no-edit", "origin/feature");

        String kept = clone.keep();
        assertThat(clone.changed(kept)).containsExactly("feature.txt");
        assertThat(clone.kept().run("rev-parse", kept + "^2")).isEqualTo(scene.origin.run("rev-parse", "feature"));
    }

    @Test
    void aCommitThatTheRemoteHasAlreadyCanBeTheResult() {
        scene.scratch().run("checkout", "--quiet", "-b", "later", base.commit());
        String later = scene.scratch().write("later.txt", "later").commit("Later");
        scene.publish();
        scene.fetch();

        clone.git().run("reset", "--quiet", "--hard", later);

        assertThat(clone.keep()).isEqualTo(later);
    }

    @Test
    void runningItTwiceGivesTheSameFiles() {
        clone.git().write("new.txt", "new");
        String first = clone.keep();
        String second = clone.keep();
        assertThat(clone.kept().run("rev-parse", first + "^{tree}"))
                .isEqualTo(clone.kept().run("rev-parse", second + "^{tree}"));
        assertThat(clone.git().directory().resolve(".git")).isDirectoryNotContaining("glob:**sesame.*");
    }

    private boolean rebaseConflicts() {
        try {
            clone.git().run("rebase", "other");
            return false;
        } catch (AssertionError _) {
            return true;
        }
    }
}
