package dev.sesame.sandbox.fake;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.SandboxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Claims full isolation and starts nothing.
public final class FakeSandboxes implements SandboxProvider {
    private final FakeProgram program;
    private final Map<Path, FakeSandbox> sandboxes = new ConcurrentHashMap<>();
    private final BlockingQueue<FakeSandbox> fresh = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable SandboxException> refusal = new AtomicReference<>();
    private final Executor callbacks = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fake-sandboxes").factory());

    public FakeSandboxes() {
        this(FakeProgram.SILENT);
    }

    public FakeSandboxes(FakeProgram program) {
        this.program = program;
    }

    /// Waits for the next command to be started. Each is returned once, in order.
    public FakeSandbox next(Duration patience) throws InterruptedException {
        FakeSandbox next = fresh.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw new AssertionError("No command was started within " + patience);
        }
        return next;
    }

    /// Makes the next start fail.
    public void refuseNext(SandboxException reason) {
        refusal.set(reason);
    }

    @Override
    public Isolation isolation() {
        return Isolation.FULL;
    }

    @Override
    public String description() {
        return "Scripted sandboxes that run nothing.";
    }

    @Override
    public Sandbox start(SandboxCommand command) {
        SandboxException reason = refusal.getAndSet(null);
        if (reason != null) {
            throw reason;
        }
        return sandboxes.computeIfAbsent(command.directory().toAbsolutePath(), directory -> {
            createDirectories(directory);
            var sandbox = new FakeSandbox(command, callbacks, () -> sandboxes.remove(directory));
            sandbox.run(program);
            fresh.add(sandbox);
            return sandbox;
        });
    }

    @Override
    public Sandbox join(Path running, SandboxCommand command) {
        boolean there = find(running).filter(other -> other.exit().isEmpty()).isPresent();
        Sandbox joined = start(command);
        if (!there) {
            joined.kill(Duration.ZERO);
        }
        return joined;
    }

    @Override
    public Optional<Sandbox> find(Path directory) {
        return Optional.ofNullable(sandboxes.get(directory.toAbsolutePath()));
    }

    @Override
    public String seenPath(SandboxCommand.Mount mount) {
        return mount.inside();
    }

    @Override
    public void own(Path directory, int uid) {
        createDirectories(directory);
    }

    private static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new SandboxException("Can't make " + directory + ": " + e, e);
        }
    }
}
