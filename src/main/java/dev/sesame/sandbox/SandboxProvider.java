package dev.sesame.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/// Starts commands and finds those that still run. This comment is the contract; one abstract test checks every
/// provider against it.
///
/// - **Order.** `start` returns when the supervisor is on its way; the command itself may not run yet. Output is in
///   the spool in the order the command wrote it, stdout and stderr apart.
/// - **Idempotence.** `start` with a directory that was started before starts nothing: it returns the run that is
///   there, alive or ended. So a server that died between starting and recording may start again.
/// - **Survival.** A started command depends on no thread, process or connection of the server. It ends by itself,
///   by its deadline, or by [Sandbox#kill].
/// - **Containment.** When the command's leader ends, however it ends, nothing that it forked lives on.
/// - **Ownership.** The caller owns all directories: it makes and deletes workspace and home, and calls
///   [Sandbox#discard] when it needs the control directory no longer. The provider owns what is inside that one.
/// - **Threads.** All methods are safe from any thread and may block briefly.
/// - **Errors.** [SandboxException] with a message for the user when the host refuses (namespaces forbidden, disk
///   full, program missing). A command that can't be executed is no exception: it ends with exit code 126 or 127
///   and says why on its stderr.
public interface SandboxProvider {

    /// What this provider gives on this host, found out once at construction by trying.
    Isolation isolation();

    /// One sentence for a person: what isolates, or why it is less than full.
    String description();

    Sandbox start(SandboxCommand command);

    /// Starts a command, as `start` does, in the namespaces of one that runs: it sees the same files and
    /// processes, under the same uid and limits, and ends with it at the latest. What it leaves in the background
    /// lives as long as the other one. Of `command`, mounts, uid and limits don't count. Ends at once if the
    /// other one has ended.
    ///
    /// @param running the control directory of the other one
    Sandbox join(Path running, SandboxCommand command);

    /// The run of this control directory, if one was ever started there; alive or ended, also by an earlier
    /// server.
    Optional<Sandbox> find(Path directory);

    /// The path under which the command will see a mount: `inside` where there is a mount namespace, the host's
    /// own path otherwise.
    String seenPath(SandboxCommand.Mount mount);

    /// Makes the directory and gives it, with what is in it, to the uid that commands of that uid run as. Follows
    /// no link.
    void own(Path directory, int uid);
}
