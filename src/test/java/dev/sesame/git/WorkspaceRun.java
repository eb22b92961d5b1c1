package dev.sesame.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Runs a step of [Workspace] as a plain child process, for tests whose point isn't isolation. Paths are the
/// host's own.
record WorkspaceRun(int exit, byte[] output, String errors) {

    static WorkspaceRun of(Workspace.Step step, Path scratch) {
        try {
            Path output = java.nio.file.Files.createTempFile(scratch, "step", ".out");
            var builder = new ProcessBuilder(step.arguments())
                    .directory(scratch.toFile())
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(step.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new WorkspaceRun(process.waitFor(), java.nio.file.Files.readAllBytes(output), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String text() {
        return new String(output, StandardCharsets.UTF_8);
    }
}
