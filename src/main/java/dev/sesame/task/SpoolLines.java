package dev.sesame.task;

import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Cuts one stream of a spool into lines, from an offset on. Reads only what is there; a line that is not complete
/// yet is kept until its end comes. For one thread.
///
/// A line above [#MAX_LINE] is not held in memory as a whole: its middle is left out, with a mark that says how
/// much. It can't be understood by any agent's translator then, and is shown as what it is.
final class SpoolLines {

    /// Longer than any line an agent means to be read (a picture in a tool's result is some megabytes).
    static final int MAX_LINE = 32 << 20;

    private static final int KEPT_OF_LONG_LINE = 32 << 10;

    private final Sandbox sandbox;
    private final Stream stream;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long lineStart;
    private long readTo;
    private long skipped;

    SpoolLines(Sandbox sandbox, Stream stream, long from) {
        this.sandbox = sandbox;
        this.stream = stream;
        this.lineStart = from;
        this.readTo = from;
    }

    /// Takes one line: where it begins, where the next one does, and its text without the newline.
    @FunctionalInterface
    interface Sink {
        void line(long offset, long end, String text);
    }

    /// Hands on the whole lines among the next bytes, up to the given offset and roughly so many; false if there was
    /// nothing new.
    boolean poll(long until, int bytes, Sink sink) {
        int taken = 0;
        while (taken < bytes && readTo < until) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), until - readTo));
            int read = sandbox.read(stream, readTo, buffer);
            if (read <= 0) {
                break;
            }
            taken += read;
            cut(buffer.array(), read, sink);
        }
        return taken > 0;
    }

    boolean poll(int bytes, Sink sink) {
        return poll(Long.MAX_VALUE, bytes, sink);
    }

    /// After the last byte: hands on a last line that has no newline.
    void finish(Sink sink) {
        if (readTo > lineStart) {
            emit(sink, readTo);
        }
    }

    /// The end of the last line that was handed on.
    long position() {
        return lineStart;
    }

    /// All bytes read so far, the open line's included.
    long bytesRead() {
        return readTo;
    }

    private void cut(byte[] bytes, int length, Sink sink) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i - from);
                emit(sink, readTo + i + 1);
                from = i + 1;
            }
        }
        keep(bytes, from, length - from);
        readTo += length;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (open.size() + length <= MAX_LINE && skipped == 0) {
            open.write(bytes, from, length);
            return;
        }
        byte[] soFar = open.toByteArray();
        open.reset();
        open.write(soFar, 0, Math.min(soFar.length, KEPT_OF_LONG_LINE));
        skipped += soFar.length - open.size() + length;
    }

    private void emit(Sink sink, long end) {
        String text = open.toString(StandardCharsets.UTF_8);
        if (skipped > 0) {
            text += "… [" + skipped + " bytes of one line left out]";
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        long offset = lineStart;
        if (open.size() > 1 << 20) {
            open = new ByteArrayOutputStream(); // gives the memory of a long line back
        } else {
            open.reset();
        }
        skipped = 0;
        lineStart = end;
        sink.line(offset, end, text);
    }
}
