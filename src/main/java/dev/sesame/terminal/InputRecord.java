package dev.sesame.terminal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a shell is told, as lines of its input file; `shell.sh` reads them.
final class InputRecord {
    private static final int MARK_BYTES = 16;

    private InputRecord() {}

    /// @param mark of the input's key, or empty; the shell passes over it
    static byte[] keys(byte[] keys, String mark) {
        var record = new StringBuilder("i ");
        for (byte key : keys) {
            char c = (char) (key & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            record.append(plain ? String.valueOf(c) : "\\0" + (c >> 6) + ((c >> 3) & 7) + (c & 7));
        }
        return line(mark.isEmpty() ? record.toString() : record + " " + mark);
    }

    /// An idempotency key as a word of a record: of one length, whatever it is made of.
    static String mark(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] size(int rows, int columns) {
        return line("r " + rows + " " + columns);
    }

    private static byte[] line(String record) {
        return (record + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
