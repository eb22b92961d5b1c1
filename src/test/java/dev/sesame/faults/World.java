package dev.sesame.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What all stories share: the server's API, who kills it, and a real repository.
///
/// @param user the id of the one user
record World(Api api, Chaos chaos, Path repository, String user) {

    /// Makes a bare repository with one commit.
    static Path makeRepository(Path bare) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(bare.resolveSibling("../tree"));
        git(tree, "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        git(tree, "init", "--quiet", "--initial-branch=main");
        Files.writeString(tree.resolve("README.md"), "# For the fault suite\n");
        git(tree, "add", ".");
        git(tree, "commit", "--quiet", "-m", "Begin");
        git(tree, "push", "--quiet", bare.toString(), "main");
        return bare;
    }

    /// The size of a file on a branch; -1 if it is not there.
    long size(String branch, String file) throws InterruptedException {
        try {
            return Long.parseLong(
                    git(repository, "cat-file", "-s", branch + ":" + file).strip());
        } catch (IOException e) {
            return -1;
        }
    }

    private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=F", "-c", "user.email=f@example.com"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
