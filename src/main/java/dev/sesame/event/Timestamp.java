package dev.sesame.event;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// ISO 8601 in UTC with exactly three decimals; 24 characters, which [java.time.Instant#toString()] does not
/// promise.
public final class Timestamp {
    static final int LENGTH = 24;

    private Timestamp() {}

    public static String format(long epochMillis) {
        byte[] text = new byte[LENGTH];
        put(epochMillis, text, 0);
        return new String(text, java.nio.charset.StandardCharsets.US_ASCII);
    }

    static void put(long epochMillis, byte[] target, int offset) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1000), 0, ZoneOffset.UTC);
        digits(time.getYear(), 4, target, offset);
        target[offset + 4] = '-';
        digits(time.getMonthValue(), 2, target, offset + 5);
        target[offset + 7] = '-';
        digits(time.getDayOfMonth(), 2, target, offset + 8);
        target[offset + 10] = 'T';
        digits(time.getHour(), 2, target, offset + 11);
        target[offset + 13] = ':';
        digits(time.getMinute(), 2, target, offset + 14);
        target[offset + 16] = ':';
        digits(time.getSecond(), 2, target, offset + 17);
        target[offset + 19] = '.';
        digits(Math.floorMod(epochMillis, 1000), 3, target, offset + 20);
        target[offset + 23] = 'Z';
    }

    private static void digits(int number, int width, byte[] target, int offset) {
        int rest = number;
        for (int i = offset + width - 1; i >= offset; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
