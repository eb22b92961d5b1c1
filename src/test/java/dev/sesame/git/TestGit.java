package dev.sesame.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A person's git on a working directory: an identity, no system or user configuration. For tests to make
/// repositories with.
public record TestGit(Path directory) {
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("PATH", System.getenv("PATH")),
            Map.entry("HOME", "/nonexistent"),
            Map.entry("LC_ALL", "C"),
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
            Map.entry("GIT_AUTHOR_NAME", "Ada"),
            Map.entry("GIT_AUTHOR_EMAIL", "ada@example.org"),
            Map.entry("GIT_COMMITTER_NAME", "Ada"),
            Map.entry("GIT_COMMITTER_EMAIL", "ada@example.org"));

    /// A new working directory on branch `main`.
    public static TestGit init(Path directory) {
        var git = new TestGit(directory);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git.run("init", "--quiet", "--initial-branch=main");
        return git;
    }

    /// A bare repository with one commit on `main`: a `README.md`.
    public static TestGit bare(Path directory, Path scratch) {
        var work = init(scratch);
        work.write("README.md", "hello\n").commit("First");
        work.run("clone", "--quiet", "--bare", ".", directory.toString());
        return new TestGit(directory);
    }

    public TestGit write(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Commits all that is there; returns the commit.
    public String commit(String message) {
        run("add", "--all");
        run("commit", "--quiet", "--allow-empty", "-m", message);
        return head();
    }

    public String head() {
        return run("rev-parse", "HEAD");
    }

    /// Runs git there and returns its output without the last line end.
    public String run(String... arguments) {
        var line = new ArrayList<String>(List.of("git"));
        line.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", line) + ": " + output);
            }
            return output.stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
