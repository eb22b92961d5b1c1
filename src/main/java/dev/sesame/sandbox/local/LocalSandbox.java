package dev.sesame.sandbox.local;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Sandbox;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A run by `supervisor.sh`, seen through its control directory and /proc; holds nothing that dies with the server.
final class LocalSandbox implements Sandbox {
    private static final Duration POLL = Duration.ofMillis(3);
    /// How long a joined command's supervisor may take to come to its end by itself, and one in its own namespaces to
    /// get there.
    private static final Duration JOINED_PATIENCE = Duration.ofSeconds(1);

    private final Spool spool;
    private final Activity activity;
    private volatile OptionalInt ended = OptionalInt.empty();

    LocalSandbox(Spool spool, Activity activity) {
        this.spool = spool;
        this.activity = activity;
    }

    @Override
    public Path directory() {
        return spool.directory();
    }

    @Override
    public int read(Stream stream, long offset, ByteBuffer into) {
        return spool.read(stream, offset, into);
    }

    @Override
    public long size(Stream stream) {
        return spool.size(stream);
    }

    @Override
    public void onActivity(@Nullable Runnable callback) {
        activity.watch(this, callback);
    }

    @Override
    public long inputSize() {
        return spool.inputSize();
    }

    @Override
    public InputStream openInput() {
        return spool.openInput();
    }

    @Override
    public void write(long offset, byte[] bytes) {
        spool.write(offset, bytes);
    }

    @Override
    public byte[] closeRecord() {
        return Spool.CLOSE.clone();
    }

    @Override
    public boolean moveDeadline(Instant deadline) {
        if (exit().isPresent()) {
            return false;
        }
        spool.moveDeadline(deadline);
        return true;
    }

    @Override
    public boolean deadlinePassed() {
        return spool.deadlinePassed();
    }

    @Override
    public boolean memoryExhausted() {
        return spool.memoryExhausted();
    }

    @Override
    public boolean outputLost() {
        return spool.outputLost();
    }

    @Override
    public OptionalInt exit() {
        if (ended.isEmpty()) {
            ended = findEnd();
        }
        return ended;
    }

    @Override
    public boolean kill(Duration patience) {
        long start = System.nanoTime();
        while (exit().isEmpty()) {
            long waited = System.nanoTime() - start;
            if (waited > patience.toNanos() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (waited < JOINED_PATIENCE.toNanos() && (Remains.unsharing(spool) || Remains.endEntered(spool))) {
                pause();
                continue;
            }
            Remains.supervisor(spool).ifPresent(ProcessFacts::kill);
            Remains.end(spool, waited > patience.toNanos() / 2);
            pause();
        }
        ControlGroups.remove(spool.file("cgroups"));
        return true;
    }

    @Override
    public void discard() {
        if (exit().isEmpty()) {
            throw new IllegalStateException("The command in " + directory() + " has not ended");
        }
        onActivity(null);
        FileTree.delete(directory());
    }

    private OptionalInt findEnd() {
        OptionalInt recorded = spool.exit();
        if (recorded.isEmpty() && (Remains.supervisor(spool).isPresent() || spool.starting())) {
            return recorded;
        }
        // It may have written its last word and gone between the two looks.
        recorded = spool.exit();
        if (recorded.isPresent()) {
            awaitSupervisor();
            return recorded;
        }
        List<ProcessFacts> remains = Remains.of(spool);
        return remains.isEmpty() ? spool.recordExit(-1) : OptionalInt.empty();
    }

    // Writing the status is its last act, a moment before it is gone.
    private void awaitSupervisor() {
        for (int tries = 0; tries < 300 && Remains.supervisor(spool).isPresent(); tries++) {
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
