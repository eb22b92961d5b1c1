package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Reads from git's own words (always English, `LC_ALL=C`) why a remote refused, and says it so that the user
/// can act.
final class RemoteFailure {
    private static final List<String> CREDENTIAL = List.of(
            "authentication failed",
            "could not read username",
            "could not read password",
            "invalid username or password",
            "invalid username or token",
            "returned error: 401",
            "returned error: 403",
            "permission denied");

    private static final List<String> NOT_FOUND = List.of(
            "repository not found",
            "' not found",
            "returned error: 404",
            "does not appear to be a git repository",
            "does not exist");

    private static final List<String> UNREACHABLE = List.of(
            "timed out",
            "could not resolve",
            "couldn't resolve",
            "failed to connect",
            "couldn't connect",
            "connection refused",
            "connection reset",
            "connection was reset",
            "operation too slow",
            "network is unreachable",
            "no route to host",
            "ssl",
            "certificate",
            "tls",
            "empty reply",
            "rpc failed",
            "early eof",
            "hung up",
            "unexpected disconnect",
            "returned error: 429",
            "returned error: 5",
            "unable to access");

    private RemoteFailure() {}

    static GitException of(Remote remote, Git.Result result) {
        String said = result.errors().toLowerCase(Locale.ROOT);
        String name = remote.name();
        if (mentions(said, CREDENTIAL)) {
            return new GitException(Reason.CREDENTIAL_REJECTED, credential(remote));
        }
        if (mentions(said, NOT_FOUND)) {
            String hint = remote.repository().local() ? "" : ", or the token has no access to it";
            return new GitException(Reason.REPOSITORY_NOT_FOUND, "Repository " + name + " was not found" + hint);
        }
        if (mentions(said, UNREACHABLE)) {
            return new GitException(
                    Reason.HOST_UNREACHABLE, "The git host of " + name + " can't be reached: " + last(remote, result));
        }
        return new GitException(Reason.GIT_FAILED, "Git failed on " + name + ": " + last(remote, result));
    }

    /// What the server itself said (`remote:` lines), without the token; empty if nothing.
    static String serverWords(Remote remote, Git.Result result) {
        return remote.withoutToken(result.errors()
                .lines()
                .filter(line -> line.startsWith("remote: "))
                .map(line -> line.substring("remote: ".length()).strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n")));
    }

    private static String credential(Remote remote) {
        return remote.token().isPresent()
                ? "The git host does not accept the token for " + remote.name()
                        + "; check that it is valid and may read and write this repository"
                : "Repository " + remote.name() + " needs a token, and none is set";
    }

    /// The last line of git's own complaint, without the token or the place of a local repository.
    private static String last(Remote remote, Git.Result result) {
        String line = result.errors()
                .lines()
                .filter(l -> !l.startsWith("hint:") && !l.startsWith("remote:"))
                .reduce((_, later) -> later)
                .orElse("exit code " + result.exit());
        return remote.withoutToken(line).replace(remote.url(), remote.name());
    }

    private static boolean mentions(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }
}
