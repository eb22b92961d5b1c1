package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way of a task's work through git, on a local repository.
class TaskOnLocalRepositoryTest {
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path temporary;

    @Test
    void aChangeTravelsFromTheCloneToTheBranch() throws Exception {
        TestGit origin = TestGit.bare(temporary.resolve("repos/team/app.git"), temporary.resolve("scratch"));
        RepositoryRef repository =
                new Repositories(List.of(temporary.resolve("repos")), "https://github.com").resolve("team/app");
        var store = new GitStore(temporary.resolve("store"), Duration.ofMinutes(1));

        Base base = store.fetch(repository, NONE, NONE, _ -> {});
        assertThat(base.branch()).isEqualTo("main");
        assertThat(base.commit()).isEqualTo(origin.head());

        Path directory = Files.createDirectory(temporary.resolve("workspace"));
        var workspace = new Workspace(
                repository,
                base.mirror(),
                directory,
                new Workspace.Author(
                        "Ada", "ada@example.org", List.of("Task: 7", "Co-authored-by: Bot <bot@example.org>")),
                List.of(".claude/settings.local.json"),
                mount -> mount.host().toString());
        WorkspaceRun clone =
                WorkspaceRun.of(workspace.cloneStep(base.commit(), Optional.empty(), "sesame/task-1"), temporary);
        assertThat(clone.errors()).isEmpty();
        assertThat(clone.exit()).isZero();
        assertThat(clone.text()).startsWith("Cloned team/app at ").endsWith(" on branch sesame/task-1\n");
        assertThat(directory.resolve("README.md")).hasContent("hello\n");

        new TestGit(directory).write("new.txt", "new\n").write(".claude/settings.local.json", "{}");
        WorkspaceRun commit = WorkspaceRun.of(workspace.commitStep(base.commit(), "Add a file"), temporary);
        assertThat(commit.errors()).isEmpty();
        assertThat(commit.exit()).isZero();

        String work = store.importBundle(repository, "task_1", 1, new ByteArrayInputStream(commit.output()), 1 << 20);
        assertThat(store.storedCommit(repository, "task_1", 1)).contains(work);
        assertThat(store.changedPaths(repository, base.commit(), work)).containsExactly("new.txt");

        var diff = new ByteArrayOutputStream();
        assertThat(store.diff(repository, base.commit(), work, diff, 1 << 20)).isTrue();
        assertThat(diff.toString(StandardCharsets.UTF_8))
                .contains("+++ b/new.txt\n")
                .contains("\n+new\n");

        store.push(repository, NONE, work, "sesame/task-1", NONE);
        assertThat(origin.run("rev-parse", "refs/heads/sesame/task-1")).isEqualTo(work);
        assertThat(origin.run("log", "-1", "--format=%an <%ae>|%B", work))
                .isEqualTo("Ada <ada@example.org>|Add a file\n\nTask: 7\nCo-authored-by: Bot <bot@example.org>");
    }
}
