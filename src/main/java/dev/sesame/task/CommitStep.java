package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.Redactor;
import dev.sesame.git.GitException;
import dev.sesame.git.RepositoryRef;
import dev.sesame.git.Workspace;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.task.Task.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the agent left is committed and bundled inside the sandbox and taken into our own repository, whatever the
/// agent's end: the work is kept. Only work of an agent that ended well goes on to the push.
final class CommitStep {

    private static final Duration AT_MOST = Duration.ofMinutes(10);
    private static final long MAX_BUNDLE = 4L << 30;

    private final Run run;

    CommitStep(Run run) {
        this.run = run;
    }

    Optional<Outcome> run() throws InterruptedException {
        RepositoryRef repository = run.repository();
        Refusal agentError = run.attempt().agentError();
        String result = null;
        try {
            result = keep(repository);
        } catch (GitException | SandboxException e) {
            TaskRun.stopIfInterrupted();
            if (agentError == null) {
                throw e;
            }
            run.journal().log(LogType.WARNING, "The work so far could not be kept: " + e.getMessage());
        }
        if (agentError != null) {
            return Optional.of(new Outcome.Failed(agentError));
        }
        if (result == null) {
            return Optional.of(new Outcome.Completed("The agent changed nothing; there is nothing to push"));
        }
        return push(repository, result);
    }

    private Optional<Outcome> push(RepositoryRef repository, String result) {
        // Not from the start: that may itself be kept work that was never pushed.
        String base = Objects.requireNonNull(run.attempt().baseCommit());
        Redactor redactor = run.journal().redactor();
        Optional<String> leak = run.engine()
                .git()
                .pathWithSecret(
                        repository, base, result, text -> !redactor.redact(text).equals(text));
        if (leak.isPresent()) {
            return Optional.of(Outcome.failed(
                    GitException.Reason.SECRET_IN_DIFF.code(),
                    leak.get() + " contains a secret that Sesame knows; the work is kept and was not pushed"));
        }
        run.journal().enter(Step.PUSH, Phase.PUSHING, List.of(), (tx, stored) -> CancelledBeforeEnd.check(run, tx));
        return Optional.empty();
    }

    /// The commit with the attempt's work; null if there is none.
    private @Nullable String keep(RepositoryRef repository) throws InterruptedException {
        if (run.attempt().resultCommit() != null) {
            return run.attempt().resultCommit();
        }
        if (run.attempt().startCommit() == null) {
            return null;
        }
        Sandbox commit = commit();
        String commitId;
        if (commit.size(Stream.STDOUT) == 0) {
            return null;
        }
        try (var bundle = new SpoolInput(commit)) {
            commitId = run.engine()
                    .git()
                    .importBundle(repository, run.task().id(), run.task().attempt(), bundle, MAX_BUNDLE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        run.journal()
                .write(
                        List.of(),
                        (tx, stored) -> AttemptTable.save(
                                AttemptTable.update(tx).set(ATTEMPT.RESULT_COMMIT, commitId),
                                run.task().id(),
                                run.task().attempt()));
        return commitId;
    }

    private Sandbox commit() throws InterruptedException {
        Commands commands = new Commands(run);
        Workspace.Step step =
                commands.commitStep(Objects.requireNonNull(run.attempt().startCommit()));
        Sandbox sandbox = commands.start("commit", step, run.now().plus(AT_MOST));
        // A cancel does not end this: it is what keeps the cancelled work.
        int exit = commands.await(sandbox, AT_MOST);
        if (exit != 0) {
            throw new GitException(
                    GitException.Reason.GIT_FAILED,
                    "The agent's work could not be committed: " + Commands.tail(sandbox, Stream.STDERR));
        }
        return sandbox;
    }
}
