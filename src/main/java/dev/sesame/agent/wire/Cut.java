package dev.sesame.agent.wire;

/// A text of at most 64 KiB as UTF-8: a longer one loses its middle, on code points, with a note of how much.
public record Cut(String text, boolean truncated) {
    public static final int MOST_BYTES = 64 * 1024;
    private static final int FOR_THE_NOTE = 64;

    public static Cut of(String text) {
        if (text.length() <= MOST_BYTES / 3 || bytes(text) <= MOST_BYTES) {
            return new Cut(text, false);
        }
        int half = (MOST_BYTES - FOR_THE_NOTE) / 2;
        String head = text.substring(0, prefix(text, 0, half));
        String tail = text.substring(suffix(text, half));
        long lost = bytes(text) - bytes(head) - bytes(tail);
        return new Cut(head + "\n… " + lost + " bytes left out …\n" + tail, true);
    }

    static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += width(point);
            i += Character.charCount(point);
        }
        return bytes;
    }

    /// The index after as many whole code points from `start` as fit.
    static int prefix(String text, int start, int bytes) {
        int end = start;
        int left = bytes;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            left -= width(point);
            if (left < 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    private static int suffix(String text, int bytes) {
        int start = text.length();
        int left = bytes;
        while (start > 0) {
            int point = text.codePointBefore(start);
            left -= width(point);
            if (left < 0) {
                break;
            }
            start -= Character.charCount(point);
        }
        return start;
    }

    /// Bytes of a code point as UTF-8; a lone surrogate counts as the U+FFFD that it will become.
    private static int width(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
