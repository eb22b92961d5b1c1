package dev.sesame.task;

import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// The stdout of an ended command as a stream of bytes. For one thread.
final class SpoolInput extends InputStream {

    private final Sandbox sandbox;
    private long position;

    SpoolInput(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int read = length == 0 ? 0 : sandbox.read(Stream.STDOUT, position, ByteBuffer.wrap(into, offset, length));
        if (read <= 0) {
            return length == 0 ? 0 : -1;
        }
        position += read;
        return read;
    }
}
