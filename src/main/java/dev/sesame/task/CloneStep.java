package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.git.Base;
import dev.sesame.git.RepositoryRef;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A fresh clone: the mirror is fetched with the owner's own token, the workspace made from it inside the sandbox.
final class CloneStep {

    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final Run run;
    private final Intents intents;

    CloneStep(Run run, Intents intents) {
        this.run = run;
        this.intents = intents;
    }

    Optional<Outcome> run() throws InterruptedException {
        if (run.cancelRequested()) {
            return Optional.of(Outcome.cancelled());
        }
        RepositoryRef repository = run.repository();
        run.journal().log(LogType.INFO, "Cloning repository " + repository.name() + "...");
        Optional<Base> base = Cancellable.call(run, intents, () -> fetch(repository));
        if (base.isEmpty()) {
            return Optional.of(Outcome.cancelled());
        }
        Attempt attempt = run.attempt().startCommit() == null ? choose(base.get()) : run.attempt();
        return makeWorkspace(repository, Objects.requireNonNull(attempt.startCommit()));
    }

    private Base fetch(RepositoryRef repository) {
        return run.engine()
                .git()
                .fetch(
                        repository,
                        run.engine().repositoryToken().apply(run.task().userId()),
                        Optional.ofNullable(run.task().baseBranch()),
                        line -> run.journal().log(LogType.INFO, line));
    }

    /// Decides once where the attempt starts, and keeps it: the mirror may move before the step is repeated.
    private Attempt choose(Base base) {
        Task task = run.task();
        Optional<Attempt> before = task.startMode() == StartMode.FOLLOW_UP
                ? run.engine().database().read(tx -> AttemptTable.newestWithResult(tx, task.id()))
                : Optional.empty();
        String start = before.map(Attempt::resultCommit).orElse(base.commit());
        String diffBase = before.map(Attempt::baseCommit).orElse(base.commit());
        run.journal().write(List.of(), (tx, stored) -> {
            AttemptTable.save(
                    AttemptTable.update(tx)
                            .set(ATTEMPT.BASE_BRANCH, base.branch())
                            .set(ATTEMPT.BASE_COMMIT, diffBase)
                            .set(ATTEMPT.START_COMMIT, start),
                    task.id(),
                    task.attempt());
            run.journal()
                    .change(tx)
                    .set(TASK.BASE_BRANCH, base.branch())
                    .where(TASK.ID.eq(task.id()))
                    .execute();
        });
        return run.reread();
    }

    private Optional<Outcome> makeWorkspace(RepositoryRef repository, String start) throws InterruptedException {
        var sandboxes = run.engine().sandboxes();
        sandboxes.own(run.workspace(), run.uid());
        sandboxes.own(run.home(), run.uid());
        Commands commands = new Commands(run);
        Path target = run.directory().resolve("start.bundle");
        Optional<Path> bundle = run.engine().git().startBundle(repository, start, target);
        bundle.ifPresent(CloneStep::letTheSandboxRead);
        Sandbox clone = commands.start(
                "clone", commands.cloneStep(start, bundle), run.now().plus(AT_MOST));
        int exit = commands.await(clone, AT_MOST, intents);
        if (run.cancelRequested()) {
            return Optional.of(Outcome.cancelled());
        }
        if (exit != 0) {
            run.engine().git().distrust(repository);
            return Optional.of(Outcome.failed(
                    "clone_failed", "The workspace could not be made: " + Commands.tail(clone, Stream.STDERR)));
        }
        List<EventBody> lines = Commands.tail(clone, Stream.STDOUT)
                .lines()
                .map(line -> (EventBody) new Log(LogType.INFO, line))
                .toList();
        SetupStep.enter(run, lines);
        return Optional.empty();
    }

    /// Git makes it for its owner alone; the clone runs under the task's uid.
    private static void letTheSandboxRead(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
