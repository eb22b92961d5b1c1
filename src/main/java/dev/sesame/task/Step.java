package dev.sesame.task;

/// The step of an attempt that is under way. It is stored before the step begins, so after a restart the attempt is
/// taken up at the beginning of that step; every step is safe to repeat.
enum Step {
    /// Claimed; nothing in the log yet.
    CLAIMED,
    /// Fetch the mirror, make the workspace.
    CLONE,
    /// What the workspace asks for is installed.
    SETUP,
    /// The agent works.
    AGENT,
    /// Its work is committed inside the sandbox and taken into our own repository.
    COMMIT,
    /// Push the branch, open the pull request. No cancel any more.
    PUSH,
    /// Over.
    DONE
}
