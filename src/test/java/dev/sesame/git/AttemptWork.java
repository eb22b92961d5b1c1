package dev.sesame.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An attempt as tests need it: a clone, something that an agent does, and its kept work.
final class AttemptWork {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private AttemptWork() {}

    /// A new file on top of the base; returns the kept commit.
    static String keep(GitStore store, RepositoryRef repository, Base base, Path scratch) {
        int number = COUNT.incrementAndGet();
        return keep(store, repository, base, scratch, git -> git.write("file" + number, "content " + number));
    }

    static String keep(GitStore store, RepositoryRef repository, Base base, Path scratch, Consumer<TestGit> agent) {
        try {
            Path directory = Files.createTempDirectory(scratch, "workspace");
            Workspace workspace = workspace(repository, base, directory);
            run(workspace.cloneStep(base.commit(), Optional.empty(), "sesame/task"), scratch);
            agent.accept(new TestGit(directory));
            byte[] bundle = run(workspace.commitStep(base.commit(), "Work"), scratch);
            return store.importBundle(
                    repository, "task_" + COUNT.incrementAndGet(), 1, new ByteArrayInputStream(bundle), 64 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Workspace workspace(RepositoryRef repository, Base base, Path directory) {
        return new Workspace(
                repository,
                base.mirror(),
                directory,
                new Workspace.Author("Ada", "ada@example.org", List.of()),
                List.of(".claude/settings.local.json"),
                mount -> mount.host().toString());
    }

    private static byte[] run(Workspace.Step step, Path scratch) {
        WorkspaceRun run = WorkspaceRun.of(step, scratch);
        if (run.exit() != 0) {
            throw new AssertionError(run.errors());
        }
        return run.output();
    }
}
