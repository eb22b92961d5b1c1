package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.git.RepositoryRef;
import dev.sesame.task.Task.PullRequestMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The branch is pushed from our own repository, with a lease on what we last pushed there; a pull request follows if
/// one was asked for. Safe to repeat: a branch that is already at the commit
/// counts as pushed.
final class PushStep {

    private final Run run;

    PushStep(Run run) {
        this.run = run;
    }

    Optional<Outcome> run() {
        Task task = run.task();
        String commit = Objects.requireNonNull(run.attempt().resultCommit());
        RepositoryRef repository = run.repository();
        run.engine()
                .git()
                .push(
                        repository,
                        run.engine().repositoryToken().apply(task.userId()),
                        commit,
                        task.branch(),
                        Optional.ofNullable(task.pushedCommit()));
        Log pushed = new Log(LogType.SUCCESS, "Pushed branch " + task.branch() + " at " + commit.substring(0, 12));
        run.journal()
                .write(
                        List.of(pushed),
                        (tx, stored) -> run.journal()
                                .change(tx)
                                .set(TASK.PUSHED_COMMIT, commit)
                                .set(TASK.COMMIT_ID, commit)
                                .where(TASK.ID.eq(task.id()))
                                .execute());
        return task.pullRequest() == PullRequestMode.NONE
                ? Optional.of(new Outcome.Completed(null))
                : Optional.of(new PullRequestStep(run).run());
    }
}
