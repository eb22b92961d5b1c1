package dev.sesame.git;

import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Builds the commands that make a task's clone and collect its work. They run inside the sandbox, since only
/// there may git meet what an agent wrote. Pure: nothing is run or touched here.
///
/// A script has fixed text; names, commits and messages are its arguments, so none reaches a shell as text.
public final class Workspace {
    private static final String MIRROR = "/run/sesame/mirror";
    private static final String START_BUNDLE = "/run/sesame/start.bundle";
    private static final int MAX_MESSAGE = 16_384;
    private static final String CLONE = Script.of(Workspace.class, "clone.sh");
    private static final String COMMIT = Script.of(Workspace.class, "commit.sh");

    private final RepositoryRef repository;
    private final Author author;
    private final List<String> excludedPaths;
    private final Mount workspace;
    private final Mount mirror;
    private final Function<Mount, String> seenPath;

    /// A command for a sandbox: its working directory is [SandboxCommand.WORKSPACE], its environment all of it.
    public record Step(List<String> arguments, Map<String, String> environment, List<Mount> mounts) {}

    /// Whom commits are by.
    ///
    /// @param trailers the last lines of every message, each `Key: value`
    public record Author(String name, String email, List<String> trailers) {
        public Author {
            name = plain(name).isEmpty() ? "Sesame" : plain(name);
            email = plain(email).isEmpty() ? "sesame@localhost" : plain(email);
        }

        private static String plain(String text) {
            return text.replaceAll("[\\p{Cntrl}<>]", " ").strip();
        }
    }

    /// @param mirror of [GitStore#mirror]
    /// @param directory the workspace on the host; owned by the sandbox's uid
    /// @param excludedPaths relative to the workspace: files and directories that are never committed
    /// @param seenPath of the sandbox provider
    public Workspace(
            RepositoryRef repository,
            Path mirror,
            Path directory,
            Author author,
            List<String> excludedPaths,
            Function<Mount, String> seenPath) {
        this.repository = repository;
        this.author = author;
        this.excludedPaths = List.copyOf(excludedPaths);
        this.workspace = new Mount(directory, SandboxCommand.WORKSPACE, true);
        this.mirror = new Mount(mirror, MIRROR, false);
        this.seenPath = seenPath;
    }

    /// What every command on the clone needs, the agent's too: the workspace, and the mirror whose objects it
    /// borrows.
    public List<Mount> mounts() {
        return List.of(workspace, mirror);
    }

    /// Empties the workspace and makes it a clone with `branch` checked out at the commit. Prints lines for the
    /// task's log on standard output.
    ///
    /// @param startBundle of [GitStore#startBundle]; readable by the sandbox's uid
    public Step cloneStep(String startCommit, Optional<Path> startBundle, String branch) {
        Optional<Mount> bundle = startBundle.map(path -> new Mount(path, START_BUNDLE, false));
        String seenMirror = seenPath.apply(mirror);
        var arguments = new ArrayList<String>(List.of(
                "sh",
                "-c",
                CLONE,
                "clone",
                seenPath.apply(workspace),
                seenMirror,
                bundle.map(seenPath).orElse(""),
                startCommit,
                BranchName.check(branch),
                repository.name(),
                configuration(repository.local() ? seenMirror : repository.url())));
        arguments.addAll(excludedPaths);
        return new Step(
                List.copyOf(arguments),
                environment(),
                Stream.concat(mounts().stream(), bundle.stream()).toList());
    }

    /// Commits what is there and writes it as a bundle to standard output, for [GitStore#importBundle]; writes
    /// nothing if no file differs from the start. Remarks are on standard error. An exit code other than 0
    /// means that the work could not be collected, and the last line of standard error says why.
    public Step commitStep(String startCommit, String message) {
        var arguments = new ArrayList<String>(List.of(
                "sh",
                "-c",
                COMMIT,
                "commit",
                seenPath.apply(workspace),
                seenPath.apply(mirror),
                startCommit,
                fullMessage(message)));
        arguments.addAll(excludedPaths);
        return new Step(List.copyOf(arguments), environment(), mounts());
    }

    /// Lines for the clone's configuration, as git-config(1) defines the file.
    private String configuration(String origin) {
        return """
                [remote "origin"]
                \turl = %s
                \tfetch = +refs/heads/*:refs/remotes/origin/*
                [user]
                \tname = %s
                \temail = %s
                [gc]
                \tauto = 0""".formatted(quoted(origin), quoted(author.name()), quoted(author.email()));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String fullMessage(String message) {
        String text = message.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").strip();
        String cut = text.isEmpty() ? "Changes by the agent" : text.substring(0, Math.min(text.length(), MAX_MESSAGE));
        return author.trailers().isEmpty() ? cut : cut + "\n\n" + String.join("\n", author.trailers());
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"),
                Map.entry("HOME", "/nonexistent"),
                Map.entry("LC_ALL", "C"),
                Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
                Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
                Map.entry("GIT_ATTR_NOSYSTEM", "1"),
                Map.entry("GIT_NO_REPLACE_OBJECTS", "1"),
                Map.entry("GIT_TERMINAL_PROMPT", "0"),
                Map.entry("GIT_LFS_SKIP_SMUDGE", "1"),
                Map.entry("GIT_AUTHOR_NAME", author.name()),
                Map.entry("GIT_AUTHOR_EMAIL", author.email()),
                Map.entry("GIT_COMMITTER_NAME", author.name()),
                Map.entry("GIT_COMMITTER_EMAIL", author.email()));
    }
}
