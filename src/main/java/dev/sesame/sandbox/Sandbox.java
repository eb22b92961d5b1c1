package dev.sesame.sandbox;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One run of a command, alive or ended: its output so far, its input, its end.
///
/// Any number of instances may stand for the same run (after a restart of the server a new one does). Safe from any
/// thread.
public interface Sandbox {

    Path directory();

    /// Reads what the command wrote, from an absolute offset, into the buffer; returns the number of bytes, 0 if
    /// there is nothing (yet). Never blocks for output.
    int read(Stream stream, long offset, ByteBuffer into);

    /// Bytes in the spool so far.
    long size(Stream stream);

    /// Calls `activity` soon after output grew or the run ended, from a thread of the provider's own, which it must
    /// not hold up; also once at registration. Calls may be spurious and are coalesced. Replaces an earlier one;
    /// null ends it.
    void onActivity(@Nullable Runnable activity);

    /// Bytes of input that were written so far.
    long inputSize();

    /// The input that was written so far, whoever did; to be closed.
    InputStream openInput();

    /// Makes the input file hold `bytes` at `offset`, completing what an earlier server wrote in part. Offsets
    /// follow each other without a gap; writing what is there already changes nothing. Bytes are whole lines. The
    /// file is on its way to the command, not there yet, when this returns.
    void write(long offset, byte[] bytes);

    /// What to append as the last input: the command's stdin is closed when the supervisor comes to it. As bytes,
    /// since it is stored and replayed like any input.
    byte[] closeRecord();

    /// Moves the absolute deadline. Returns false if the run has ended.
    boolean moveDeadline(Instant deadline);

    /// The end: present once the command and all it forked are gone *and* all their output is in the spool. 128 + n
    /// for a signal; -1 when the run was killed from outside and left no status.
    OptionalInt exit();

    /// Whether the deadline ended it.
    boolean deadlinePassed();

    /// Whether a process of it was killed because all together used more memory than the limit; known at its end.
    boolean memoryExhausted();

    /// Whether the disk was too full for the output, which is not whole then; known at the end.
    boolean outputLost();

    /// Kills the whole tree and waits until nothing of it lives and the spool is complete. Returns false if
    /// something was still there after `patience` (the caller reports it and tries again). Idempotent; an ended run
    /// is left as it is.
    boolean kill(Duration patience);

    /// Deletes the control directory. Only for an ended run.
    void discard();

    enum Stream {
        STDOUT,
        STDERR
    }
}
