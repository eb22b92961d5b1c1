package dev.sesame.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A small real repository, bare, with a history; made and read by git itself.
final class TourRepository {
    private static final String README = """
            # Hello

            A repository for the tour of Sesame.
            """;
    private static final String PROGRAM = """
            #!/bin/sh
            echo "Hello, ${1:-world}!"
            """;

    private final Path bare;

    private TourRepository(Path bare) {
        this.bare = bare;
    }

    static TourRepository create(Path bare) throws IOException, InterruptedException {
        Files.createDirectories(bare);
        Path tree = Files.createTempDirectory("sesame-tour-");
        try {
            git(bare, "init", "--quiet", "--bare", "--initial-branch=main");
            git(tree, "init", "--quiet", "--initial-branch=main");
            commit(tree, "README.md", README, "Say what this is");
            commit(tree, "hello.sh", PROGRAM, "Greet the world");
            git(tree, "push", "--quiet", bare.toString(), "main");
        } finally {
            delete(tree);
        }
        return new TourRepository(bare);
    }

    String commits() throws IOException, InterruptedException {
        return git(bare, "rev-list", "--count", "main").strip();
    }

    /// What the branch has beyond main.
    String log(String branch) throws IOException, InterruptedException {
        return git(bare, "log", "--stat", "--format=%h %s (by %an)", "main.." + branch);
    }

    private static void commit(Path tree, String file, String content, String message)
            throws IOException, InterruptedException {
        Files.writeString(tree.resolve(file), content);
        git(tree, "add", file);
        git(tree, "commit", "--quiet", "-m", message);
    }

    /// Runs git without the user's configuration, so that it does the same everywhere.
    private static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=Sesame Tour", "-c", "user.email=tour@example.com", "--no-pager"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("git " + arguments[0] + " failed: " + output.strip());
        }
        return output;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
