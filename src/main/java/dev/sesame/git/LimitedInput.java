package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Refuses to hand out more than so many bytes.
final class LimitedInput extends FilterInputStream {
    private final long limit;
    private long left;

    LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        take(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        take(Math.max(count, 0));
        return count;
    }

    private void take(int count) {
        left -= count;
        if (left < 0) {
            throw new GitException(Reason.BUNDLE_TOO_LARGE, "The work of the agent is larger than " + limit + " bytes");
        }
    }
}
