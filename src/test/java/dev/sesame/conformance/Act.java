package dev.sesame.conformance;

/// What is done with each agent: one task each.
enum Act {
    /// Thinks, speaks, writes a file, runs a command, then one that fails; a follow-up after its end; another when its
    /// session is gone.
    WORK,
    /// Asks twice: the first is allowed, the second denied.
    ASK,
    /// Allowed always, and then the same again, by a follow-up that waited in the queue.
    ALWAYS,
    /// Asks, and nobody answers.
    UNANSWERED,
    /// Asks; the server is killed while the request is open, and again right after an answer.
    KILLED,
    /// The server is killed while the model thinks; the agent asks while nobody is there.
    ASKED_MEANWHILE,
    /// A newer version of the program, which says something that nobody knows yet.
    NEWER,
    /// Two tools at once.
    PARALLEL,
    /// Cancelled while a tool runs.
    CANCELLED_AT_A_TOOL,
    /// Cancelled while the model speaks.
    CANCELLED_AT_WORDS,
    /// The vendor does not accept the key.
    REJECTED,
    LIMITED,
    BROKEN,
    DROPPED,
    /// Calls a tool of an MCP server of its user's.
    MCP,
    /// A command prints more than an event may hold.
    HUGE;

    /// Whether all agents play it at the same time, after the other acts.
    boolean isTogether() {
        return this == KILLED || this == ASKED_MEANWHILE || this == NEWER;
    }

    /// What also runs in CI, where time is short.
    boolean isShort() {
        return this == WORK || this == ASK;
    }
}
