package dev.sesame.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A local repository `app` with one commit, a store that has fetched it, and clones of it.
final class Scene {
    static final Optional<String> NONE = Optional.empty();
    static final String BRANCH = "sesame/task-1";

    final Path directory;
    final TestGit origin;
    final RepositoryRef repository;
    final GitStore store;
    private final AtomicInteger count = new AtomicInteger();

    Scene(Path directory) {
        this.directory = directory;
        this.origin = TestGit.bare(directory.resolve("repos/app.git"), directory.resolve("scratch"));
        this.repository = new Repositories(List.of(directory.resolve("repos")), "https://github.com").resolve("app");
        this.store = new GitStore(directory.resolve("store"), Duration.ofMinutes(1));
    }

    /// The working copy that the origin was made from.
    TestGit scratch() {
        return new TestGit(directory.resolve("scratch"));
    }

    void publish() {
        scratch().run("push", "--quiet", "--force", repository.url(), "--all");
        scratch().run("push", "--quiet", "--force", repository.url(), "--tags");
    }

    Base fetch() {
        return store.fetch(repository, NONE, NONE, _ -> {});
    }

    /// A clone at the base, as a task has it.
    Clone clone(Base base) {
        return clone(base, base.commit(), Optional.empty());
    }

    Clone clone(Base base, String start, Optional<Path> bundle) {
        try {
            Path place = Files.createDirectory(directory.resolve("workspace" + count.incrementAndGet()));
            var clone = new Clone(this, AttemptWork.workspace(repository, base, place), new TestGit(place), start);
            WorkspaceRun run = WorkspaceRun.of(clone.workspace.cloneStep(start, bundle, BRANCH), directory);
            if (run.exit() != 0) {
                throw new AssertionError(run.errors());
            }
            return clone;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param start the commit that it began with
    record Clone(Scene scene, Workspace workspace, TestGit git, String start) {

        WorkspaceRun commit() {
            return WorkspaceRun.of(workspace.commitStep(start, "Do the work"), scene.directory);
        }

        /// Commits, takes over the bundle, and returns the kept commit.
        String keep() {
            WorkspaceRun run = commit();
            if (run.exit() != 0 || run.output().length == 0) {
                throw new AssertionError("nothing to keep: " + run.errors());
            }
            return scene.store.importBundle(
                    scene.repository,
                    "task_" + scene.count.incrementAndGet(),
                    1,
                    new ByteArrayInputStream(run.output()),
                    64 << 20);
        }

        /// Git on the kept work, for looking at it.
        TestGit kept() {
            return new TestGit(scene.store.mirror(scene.repository).resolveSibling("work.git"));
        }

        List<String> changed(String commit) {
            return scene.store.changedPaths(scene.repository, start, commit);
        }
    }
}
