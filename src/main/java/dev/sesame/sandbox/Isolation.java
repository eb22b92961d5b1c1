package dev.sesame.sandbox;

/// How well a command is kept apart from the host, from best to none. Always told to the user.
public enum Isolation {
    /// Own PID, mount and IPC namespaces, an unprivileged uid, and a file system of which only the listed paths
    /// exist.
    FULL,
    /// Own PID and mount namespaces by `unshare`; the host's files are visible with the rights of the server's
    /// user.
    PROCESS,
    /// A plain process, killed as a session: what it sends into a session of its own escapes.
    NONE
}
