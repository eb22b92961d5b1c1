package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.github.GitHubException;
import dev.sesame.github.PullRequests;
import dev.sesame.task.Task.PullRequestMode;
import java.util.List;
import java.util.Objects;

/// Opens a pull request for the pushed branch, or finds the one that is open. If that fails the task fails, with its
/// work pushed; a retry repeats only this.
final class PullRequestStep {

    /// The error code.
    static final String FAILED = "pull_request_failed";

    private final Run run;

    PullRequestStep(Run run) {
        this.run = run;
    }

    Outcome run() {
        Task task = run.task();
        String token = run.engine().repositoryToken().apply(task.userId()).orElse("");
        String url;
        try {
            url = run.engine().pullRequests().open(run.repository(), token, wanted(task));
        } catch (GitHubException e) {
            return Outcome.failedForNow(
                    FAILED, "The branch is pushed, but there is no pull request. " + String.valueOf(e.getMessage()));
        }
        Log opened = new Log(LogType.SUCCESS, "Pull request: " + url);
        run.journal()
                .write(
                        List.of(opened),
                        (tx, stored) -> run.journal()
                                .change(tx)
                                .set(TASK.PULL_REQUEST_URL, url)
                                .where(TASK.ID.eq(task.id()))
                                .execute());
        return new Outcome.Completed(null);
    }

    private PullRequests.Wanted wanted(Task task) {
        String body =
                task.prompt().strip() + "\n\n---\nWork of " + task.agent() + ", task " + task.id() + " of Sesame.";
        return new PullRequests.Wanted(
                task.branch(),
                Objects.requireNonNull(run.attempt().baseBranch()),
                run.journal().redactor().redact(task.title()),
                run.journal().redactor().redact(body),
                task.pullRequest() == PullRequestMode.DRAFT);
    }
}
