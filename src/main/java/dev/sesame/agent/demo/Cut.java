package dev.sesame.agent.demo;

import java.nio.charset.StandardCharsets;

/// A tool's output, at most 64 KiB of it: a longer one loses its middle.
record Cut(String text, boolean truncated) {
    private static final int MOST = 64 * 1024;
    private static final String GAP = "\n…\n";

    static Cut of(String text) {
        if (text.length() <= MOST / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MOST) {
            return new Cut(text, false);
        }
        int half = (MOST - GAP.length() * 3) / 2;
        return new Cut(text.substring(0, prefix(text, half)) + GAP + text.substring(suffix(text, half)), true);
    }

    private static int prefix(String text, int bytes) {
        int i = 0;
        for (int left = bytes; i < text.length(); ) {
            int point = text.codePointAt(i);
            left -= width(point);
            if (left < 0) break;
            i += Character.charCount(point);
        }
        return i;
    }

    private static int suffix(String text, int bytes) {
        int i = text.length();
        for (int left = bytes; i > 0; ) {
            int point = text.codePointBefore(i);
            left -= width(point);
            if (left < 0) break;
            i -= Character.charCount(point);
        }
        return i;
    }

    private static int width(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
