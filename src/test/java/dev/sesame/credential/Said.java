package dev.sesame.credential;

import dev.sesame.BuiltProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What a command of `sesame` said in all, and how it ended.
record Said(int status, String words) {

    /// Runs it to its end.
    ///
    /// @param environment all that it sees of keys
    static Said sesame(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(BuiltProgram.command(List.of(), arguments)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ENCRYPTION_") || name.startsWith("SESAME_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it said all and does not end: " + words);
            }
            return new Said(process.exitValue(), words);
        } finally {
            process.destroyForcibly();
        }
    }
}
