package dev.sesame.sandbox;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What to run, and in what surroundings.
///
/// @param directory the control directory, made by [SandboxProvider#start]: the spool, the input and the
///     supervisor's own files. Its name identifies the run for good; the command can't see it. Never reused for
///     another command
/// @param mounts what of the host's files the command sees, beside the system's own programs
/// @param workingDirectory a path as the command sees it; within one of the mounts
/// @param environment all of the command's environment, beside `PWD` and a `PATH` where it gives none; handed over
///     through pipes, never in an argument list, a file or another process's environment. Names are identifiers
/// @param arguments the program and its arguments, as the command sees them. No shell is involved
/// @param uid the host's uid and gid for the command where the server is root (full isolation); else the server's
///     own
/// @param deadline when the supervisor ends the command even if no server ever returns
/// @param limits what it may use
public record SandboxCommand(
        Path directory,
        List<Mount> mounts,
        String workingDirectory,
        Map<String, String> environment,
        List<String> arguments,
        int uid,
        Instant deadline,
        Limits limits) {

    /// The places that every task's command knows.
    public static final String WORKSPACE = "/workspace";

    public static final String HOME = "/home/agent";

    /// One directory or file of the host, made visible at `inside`. Writable ones are given to the command's uid by
    /// the caller ([SandboxProvider#own]).
    public record Mount(Path host, String inside, boolean writable) {}

    /// For all processes of the command together; 0 is no limit. All but the output are enforced by cgroup, where the
    /// host allows.
    ///
    /// @param memoryBytes files in memory (a private `/tmp`) included
    /// @param processes threads count too
    /// @param outputBytes of stdout, and as many of stderr, whether a server is there or not. The spool takes a
    ///     little more, so that it shows; then who writes gets SIGPIPE
    public record Limits(long memoryBytes, int processes, int processors, long outputBytes) {
        public static final Limits NONE = new Limits(0, 0, 0, 0);
    }
}
