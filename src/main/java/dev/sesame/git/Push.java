package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Sends one commit to one branch of a remote, under a lease. Says what the remote's answer means.
///
/// @param commit the full id
/// @param branch without `refs/heads/`
/// @param lease the commit that the branch must be at, or none: then it must not exist
record Push(Remote remote, String commit, String branch, Optional<String> lease) {

    /// Returns normally too if the branch is at the commit already.
    void run(Git git, Path repository, Duration atMost) {
        String ref = RemoteRefs.BRANCHES + branch;
        Git.Result result = git.run(GitCommand.in(
                        repository,
                        "push",
                        "--porcelain",
                        "--no-verify",
                        "--no-signed",
                        "--no-follow-tags",
                        "--recurse-submodules=no",
                        "--force-with-lease=" + ref + ":" + lease.orElse(""),
                        "--",
                        remote.url(),
                        commit + ":" + ref)
                .talkingTo(remote, atMost));
        if (!result.ok()) {
            throw failure(result);
        }
    }

    private GitException failure(Git.Result result) {
        String answer = result.output()
                .lines()
                .filter(line -> line.startsWith("!\t"))
                .findFirst()
                .orElse("");
        if (answer.isEmpty()) {
            return RemoteFailure.of(remote, result);
        }
        boolean raced =
                result.errors().contains("but expected ") || result.errors().contains("reference already exists");
        if (answer.contains("(stale info)") || answer.contains("(fetch first)") || raced) {
            return new GitException(
                    Reason.BRANCH_MOVED,
                    "Branch " + branch + " of " + remote.name() + " has a commit that Sesame did not push");
        }
        return new GitException(Reason.PUSH_REJECTED, refusal(result, answer));
    }

    /// The server's own words if it said any, else its reason in parentheses.
    private String refusal(Git.Result result, String answer) {
        String words = RemoteFailure.serverWords(remote, result);
        String reason = answer.replaceAll("^.*\\[(remote )?rejected\\] *\\(?|\\)?$", "");
        return "The git host refused the push to branch " + branch + " of " + remote.name() + " ("
                + remote.withoutToken(reason) + ")" + (words.isEmpty() ? "" : ":\n" + words);
    }
}
