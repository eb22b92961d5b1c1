package dev.sesame.agent.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A conversation that can be gone on with in a later process: a small file in the agent's home.
///
/// @param earlier prompts before this process
record Session(Path file, String id, int earlier) {

    /// The session to go on with, or a new one if there is none to resume; null if that one is not there.
    static @Nullable Session open(Path home, @Nullable String resume) throws IOException {
        Path directory = home.resolve(".demo-agent");
        Files.createDirectories(directory);
        if (resume != null) {
            Path file = directory.resolve(isId(resume) ? resume : "demo-");
            return Files.exists(file) ? new Session(file, resume, count(file)) : null;
        }
        long number = System.currentTimeMillis() * 1_000_003 ^ System.nanoTime() << 20;
        String id = "demo-".concat(Long.toUnsignedString(number, 36));
        return new Session(directory.resolve(id), id, 0);
    }

    void remember(int prompts) {
        try {
            Files.writeString(file, Integer.toString(earlier + prompts));
        } catch (IOException e) {
            // A session that can't be kept will be reported as lost.
        }
    }

    private static int count(Path file) throws IOException {
        try {
            return Integer.parseInt(Files.readString(file));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return text.startsWith("demo-");
    }
}
