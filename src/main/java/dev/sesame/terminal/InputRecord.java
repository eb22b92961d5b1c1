package dev.sesame.terminal;

import java.nio.charset.StandardCharsets;

/// What a shell is told, as lines of its input file; `shell.sh` reads them.
final class InputRecord {
    private InputRecord() {}

    static byte[] keys(byte[] keys) {
        var record = new StringBuilder("i ");
        for (byte key : keys) {
            char c = (char) (key & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            record.append(plain ? String.valueOf(c) : "\\0" + (c >> 6) + ((c >> 3) & 7) + (c & 7));
        }
        return line(record.toString());
    }

    static byte[] size(int rows, int columns) {
        return line("r " + rows + " " + columns);
    }

    private static byte[] line(String record) {
        return (record + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
