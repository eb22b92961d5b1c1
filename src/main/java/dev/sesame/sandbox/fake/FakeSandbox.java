package dev.sesame.sandbox.fake;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A run that is made of two buffers. The upper half of its methods is for tests and programs, the lower one is the
/// contract. Safe from any thread.
public final class FakeSandbox implements Sandbox {
    private static final byte[] CLOSE = {4, '\n'};

    private final SandboxCommand command;
    private final Executor callbacks;
    private final Runnable forget;
    private final Thread thread = Thread.ofVirtual().unstarted(this::live);

    private FakeProgram program = FakeProgram.SILENT;
    private final Bytes out = new Bytes();
    private final Bytes err = new Bytes();
    private final Bytes in = new Bytes();
    private int lineStart;
    private Instant deadline;
    private OptionalInt exit = OptionalInt.empty();
    private boolean deadlinePassed;
    private boolean killed;
    private boolean immortal;
    private @Nullable Runnable activity;

    FakeSandbox(SandboxCommand command, Executor callbacks, Runnable forget) {
        this.command = command;
        this.callbacks = callbacks;
        this.forget = forget;
        this.deadline = command.deadline();
    }

    public SandboxCommand command() {
        return command;
    }

    /// Adds a line to stdout. Ignored after the end.
    public void print(String line) {
        print(Stream.STDOUT, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public synchronized void print(Stream stream, byte[] bytes) {
        if (exit.isPresent()) {
            return;
        }
        bytes(stream).writeBytes(bytes);
        changed();
    }

    /// Everything written to it so far, the close record included.
    public synchronized String input() {
        return in.toString(StandardCharsets.UTF_8);
    }

    /// The next line of input, waiting for it; null when the input is closed.
    public synchronized @Nullable String readLine() throws InterruptedException {
        while (true) {
            int end = in.find('\n', lineStart);
            if (end >= 0) {
                String line = in.text(lineStart, end);
                if (line.equals("\u0004")) {
                    return null;
                }
                lineStart = end + 1;
                return line;
            }
            wait();
        }
    }

    /// Ends it, unless it has ended.
    public synchronized void end(int status) {
        if (exit.isEmpty()) {
            exit = OptionalInt.of(status);
            thread.interrupt();
            changed();
        }
    }

    /// Ends it as its deadline does.
    public synchronized void passDeadline() {
        deadlinePassed = exit.isEmpty();
        end(137);
    }

    public synchronized Instant deadline() {
        return deadline;
    }

    public synchronized boolean killed() {
        return killed;
    }

    /// From now on kills don't succeed (or do again).
    public synchronized void surviveKills(boolean survive) {
        immortal = survive;
    }

    @Override
    public Path directory() {
        return command.directory().toAbsolutePath();
    }

    @Override
    public synchronized int read(Stream stream, long offset, ByteBuffer into) {
        return bytes(stream).copy(offset, into);
    }

    @Override
    public synchronized long size(Stream stream) {
        return bytes(stream).size();
    }

    @Override
    public synchronized void onActivity(@Nullable Runnable callback) {
        activity = callback;
        changed();
    }

    @Override
    public synchronized long inputSize() {
        return in.size();
    }

    @Override
    public synchronized InputStream openInput() {
        return new ByteArrayInputStream(in.toByteArray());
    }

    @Override
    public synchronized void write(long offset, byte[] bytes) {
        if (offset > in.size()) {
            throw new SandboxException("Input at " + offset + " would leave a gap after " + in.size());
        }
        int known = (int) Math.min(bytes.length, in.size() - offset);
        in.write(bytes, known, bytes.length - known);
        notifyAll();
    }

    @Override
    public byte[] closeRecord() {
        return CLOSE.clone();
    }

    @Override
    public synchronized boolean moveDeadline(Instant moved) {
        if (exit.isEmpty()) {
            deadline = moved;
        }
        return exit.isEmpty();
    }

    @Override
    public synchronized OptionalInt exit() {
        return exit;
    }

    @Override
    public synchronized boolean deadlinePassed() {
        return deadlinePassed;
    }

    /// It has no limits.
    @Override
    public boolean memoryExhausted() {
        return false;
    }

    /// It keeps its output in memory.
    @Override
    public boolean outputLost() {
        return false;
    }

    @Override
    public synchronized boolean kill(Duration patience) {
        if (exit.isEmpty()) {
            killed = true;
            if (immortal) {
                return false;
            }
            end(-1);
        }
        return true;
    }

    @Override
    public void discard() {
        if (exit().isEmpty()) {
            throw new IllegalStateException("The command in " + directory() + " has not ended");
        }
        onActivity(null);
        forget.run();
        FileTree.delete(directory());
    }

    void run(FakeProgram runs) {
        program = runs;
        thread.start();
    }

    private void live() {
        try {
            program.run(this);
            end(0);
        } catch (InterruptedException killedOrEnded) {
            end(-1);
        }
    }

    private void changed() {
        Runnable told = activity;
        if (told != null) {
            callbacks.execute(told);
        }
    }

    private Bytes bytes(Stream stream) {
        return switch (stream) {
            case STDOUT -> out;
            case STDERR -> err;
        };
    }

    /// Lets its buffer be read in place.
    private static final class Bytes extends ByteArrayOutputStream {

        int copy(long offset, ByteBuffer into) {
            int length = Math.clamp(size() - offset, 0, into.remaining());
            if (length > 0) {
                into.put(buf, (int) offset, length);
            }
            return length;
        }

        int find(char wanted, int from) {
            for (int at = from; at < count; at++) {
                if (buf[at] == wanted) {
                    return at;
                }
            }
            return -1;
        }

        String text(int from, int to) {
            return new String(buf, from, to - from, StandardCharsets.UTF_8);
        }
    }
}
