package dev.sesame.agent.demo.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Writes JSON objects, one per line, without a JSON library and without garbage. For one thread. Nothing leaves
/// before [#flush] or a full buffer.
final class Output {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /// The most bytes one character can take: an escape.
    private static final int WIDEST = 6;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private int used;
    private boolean first;

    Output(OutputStream out) {
        this.out = out;
    }

    Output begin(String type) {
        put('{');
        first = true;
        return text("type", type);
    }

    Output text(String name, String value) {
        return text(name, value, 0);
    }

    /// A text followed by a filling of that many `x`, of any length.
    Output text(String name, String value, long filling) {
        name(name);
        put('"');
        for (int i = 0; i < value.length(); i++) {
            i += character(value, i) - 1;
        }
        fill(filling);
        put('"');
        return this;
    }

    Output number(String name, long value) {
        name(name);
        return ascii(Long.toString(value));
    }

    Output flag(String name, boolean value) {
        name(name);
        return ascii(value ? "true" : "false");
    }

    Output open(String name) {
        name(name);
        put('{');
        first = true;
        return this;
    }

    Output close() {
        put('}');
        first = false;
        return this;
    }

    void end() {
        put('}');
        put('\n');
    }

    /// Bytes as they are: for lines that are no JSON.
    void raw(byte[] bytes) {
        flush();
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        try {
            out.write(buffer, 0, used);
            used = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void name(String name) {
        if (!first) {
            put(',');
        }
        first = false;
        put('"');
        ascii(name);
        put('"');
        put(':');
    }

    private Output ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
        return this;
    }

    /// Writes the character at that place and returns how many `char` it took.
    private int character(String value, int i) {
        char c = value.charAt(i);
        room();
        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
            buffer[used++] = (byte) c;
            return 1;
        }
        int point = value.codePointAt(i);
        if (point < 0x7f || (point >= 0xd800 && point < 0xe000)) {
            escape(c);
        } else {
            utf8(point);
        }
        return Character.charCount(point);
    }

    private void escape(char c) {
        buffer[used++] = '\\';
        if (c == '"' || c == '\\') {
            buffer[used++] = (byte) c;
            return;
        }
        if (c == '\n') {
            buffer[used++] = 'n';
            return;
        }
        buffer[used++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[used++] = HEX[(c >> shift) & 15];
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            buffer[used++] = (byte) (0xc0 | point >> 6);
        } else {
            if (point < 0x10000) {
                buffer[used++] = (byte) (0xe0 | point >> 12);
            } else {
                buffer[used++] = (byte) (0xf0 | point >> 18);
                buffer[used++] = (byte) (0x80 | (point >> 12 & 0x3f));
            }
            buffer[used++] = (byte) (0x80 | (point >> 6 & 0x3f));
        }
        buffer[used++] = (byte) (0x80 | (point & 0x3f));
    }

    private void fill(long count) {
        for (long left = count; left > 0; ) {
            room();
            int now = (int) Math.min(left, buffer.length - used);
            Arrays.fill(buffer, used, used + now, (byte) 'x');
            used += now;
            left -= now;
        }
    }

    private void put(int b) {
        room();
        buffer[used++] = (byte) b;
    }

    private void room() {
        if (buffer.length - used < WIDEST) {
            flush();
        }
    }
}
