package dev.sesame.event;

/// Lengths and cuts of text as UTF-8, without encoding it.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// The text with each surrogate that lacks its partner replaced by U+FFFD; the same object if there is none.
    static String wellFormed(String text) {
        int i = loneSurrogate(text, 0);
        if (i < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        for (; i >= 0; i = loneSurrogate(text, i + 1)) {
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired.toString();
    }

    /// Bytes of well-formed text.
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair takes two of its four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /// How far from `start` well-formed text fits into that many bytes: an index on a code point's border.
    static int fit(String text, int start, int bytes) {
        int left = bytes;
        int i = start;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            left -= size(codePoint);
            if (left < 0) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    /// As [#fit], from the end backwards.
    static int fitBackwards(String text, int bytes) {
        int left = bytes;
        int i = text.length();
        while (i > 0) {
            int codePoint = text.codePointBefore(i);
            left -= size(codePoint);
            if (left < 0) {
                break;
            }
            i -= Character.charCount(codePoint);
        }
        return i;
    }

    static int size(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static int loneSurrogate(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
