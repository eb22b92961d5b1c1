package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Sends one commit to one branch of a remote, under a lease. Says what the remote's answer means.
///
/// @param commit the full id
/// @param branch without `refs/heads/`
/// @param lease the commit that the branch must be at, or none: then it must not exist
record Push(Remote remote, String commit, String branch, Optional<String> lease) {

    /// The remote could not store the objects, as long as the push of a killed server is still at the same ones.
    private static final String UNPACKER_ERROR = "(unpacker error)";

    private static final int TRIES = 4;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Returns normally too if the branch is at the commit already.
    void run(Git git, Path repository, Duration atMost) {
        Git.Result result = push(git, repository, atMost);
        for (int tries = 1; tries < TRIES && result.output().contains(UNPACKER_ERROR); tries++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            result = push(git, repository, atMost);
        }
        if (!result.ok()) {
            throw failure(result);
        }
    }

    private Git.Result push(Git git, Path repository, Duration atMost) {
        String ref = RemoteRefs.BRANCHES + branch;
        return git.run(GitCommand.in(
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
