package dev.sesame.sandbox.local;

import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts `supervisor.sh`.
///
/// It is a child of this process, but nothing more binds it: it leads a session of its own, and lives on when we
/// die. Signals that we were told to ignore (nohup, a shell's background job) are not handed down.
record Supervisor(Path script) {

    /// Returns when it has claimed the directory (or found it claimed) and holds the whole plan.
    void launch(Path directory, String grade, List<String> launcher, String plan) {
        var words = new ArrayList<>(List.of("setsid", "env", "--default-signal", "sh", script.toString()));
        words.add(directory.toString());
        words.add(grade);
        words.addAll(launcher);
        try {
            Process process = started(words);
            try (var stdin = process.getOutputStream()) {
                stdin.write(plan.getBytes(StandardCharsets.UTF_8));
            }
            try (var stdout = process.getInputStream()) {
                String trouble = new String(stdout.readAllBytes(), StandardCharsets.UTF_8).trim();
                if (!trouble.isEmpty()) {
                    throw new SandboxException("The supervisor did not start: " + trouble);
                }
            }
        } catch (IOException e) {
            throw new SandboxException("Can't start a supervisor in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static Process started(List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        String path = builder.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C"));
        return builder.start();
    }
}
