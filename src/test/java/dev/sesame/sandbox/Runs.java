package dev.sesame.sandbox;

import static org.assertj.core.api.Assertions.fail;

import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// What tests do with sandboxes.
public final class Runs {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final int UID = 12345;

    private Runs() {}

    /// A shell script in a workspace below `place`.
    public static SandboxCommand script(SandboxProvider provider, Path place, String script) {
        return command(provider, place, Map.of(), "sh", "-c", script);
    }

    public static SandboxCommand command(
            SandboxProvider provider, Path place, Map<String, String> environment, String... arguments) {
        var workspace = new SandboxCommand.Mount(place.resolve("workspace"), SandboxCommand.WORKSPACE, true);
        provider.own(workspace.host(), UID);
        return new SandboxCommand(
                place.resolve("control"),
                List.of(workspace),
                provider.seenPath(workspace),
                environment,
                List.of(arguments),
                UID,
                Instant.now().plus(PATIENCE.multipliedBy(2)),
                Limits.NONE);
    }

    public static SandboxCommand with(SandboxCommand command, Instant deadline, Limits limits) {
        return new SandboxCommand(
                command.directory(),
                command.mounts(),
                command.workingDirectory(),
                command.environment(),
                command.arguments(),
                command.uid(),
                deadline,
                limits);
    }

    public static void write(Sandbox sandbox, long offset, String text) {
        sandbox.write(offset, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String output(Sandbox sandbox) {
        return text(sandbox, Stream.STDOUT);
    }

    public static String text(Sandbox sandbox, Stream stream) {
        var bytes = ByteBuffer.allocate((int) sandbox.size(stream));
        while (bytes.hasRemaining() && sandbox.read(stream, bytes.position(), bytes) > 0) {}
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    public static void awaitOutput(Sandbox sandbox, String part) {
        await("output " + part, () -> output(sandbox).contains(part));
    }

    public static int awaitExit(Sandbox sandbox) {
        await("the end", () -> sandbox.exit().isPresent());
        return sandbox.exit().getAsInt();
    }

    public static void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    fail("Waited too long for " + what);
                }
                Thread.sleep(15);
            }
        } catch (Exception e) {
            throw new AssertionError("Waiting for " + what, e);
        }
    }
}
