package dev.sesame.task;

/// How the next attempt of a task begins.
enum StartMode {
    /// From the base branch.
    FRESH,
    /// On the working branch, in the agent's own session.
    FOLLOW_UP,
    /// Only the push and the pull request again, with the last attempt's commit.
    FINISH_ONLY
}
