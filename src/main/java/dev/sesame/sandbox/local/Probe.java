package dev.sesame.sandbox.local;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends a line through a sandbox and back, to see whether it works at all.
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NOBODY = 65534;

    private Probe() {}

    /// What went wrong, in the host's words.
    static Optional<String> trouble(LocalSandboxes sandboxes, Path directory) {
        try {
            Path place = Files.createTempDirectory(Files.createDirectories(directory), "probe");
            try {
                return trouble(sandboxes.start(command(sandboxes, place)));
            } finally {
                FileTree.delete(place);
            }
        } catch (SandboxException | IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static SandboxCommand command(LocalSandboxes sandboxes, Path place) {
        var mount = new Mount(place.resolve("workspace"), SandboxCommand.WORKSPACE, true);
        sandboxes.own(mount.host(), NOBODY);
        return new SandboxCommand(
                place.resolve("control"),
                List.of(mount),
                sandboxes.seenPath(mount),
                Map.of("GREETING", "hello"),
                List.of("sh", "-c", "read line && echo \"$line $GREETING\" >file && cat file"),
                NOBODY,
                Instant.now().plus(PATIENCE),
                new Limits(1L << 30, 100, 1, 0));
    }

    private static Optional<String> trouble(Sandbox sandbox) {
        sandbox.write(0, "probe\n".getBytes(StandardCharsets.UTF_8));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sandbox.exit().isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        boolean ended = sandbox.exit().isPresent();
        sandbox.kill(PATIENCE);
        if (text(sandbox, Stream.STDOUT).equals("probe hello\n")) {
            return Optional.empty();
        }
        String said = text(sandbox, Stream.STDERR).strip();
        return Optional.of(
                !said.isEmpty()
                        ? said
                        : ended ? "it ended with " + sandbox.exit().getAsInt() : "it hangs");
    }

    private static String text(Sandbox sandbox, Stream stream) {
        var bytes = ByteBuffer.allocate(2_000);
        sandbox.read(stream, 0, bytes);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
