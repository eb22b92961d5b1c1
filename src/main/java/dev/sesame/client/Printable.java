package dev.sesame.client;

import java.util.regex.Pattern;

/// Text of somebody else's that a terminal can show without obeying it.
final class Printable {
    /// A control sequence (colours, moves) or an operating system command (titles, links, the clipboard): ECMA-48, 5.4
    /// and 8.3.89.
    private static final Pattern SEQUENCE =
            Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)");

    private Printable() {}

    /// Keeps line feeds and tabs.
    static String of(String text) {
        if (text.codePoints().noneMatch(Printable::steers)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        SEQUENCE.matcher(text)
                .replaceAll("")
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .forEach(c -> safe.appendCodePoint(steers(c) ? visible(c) : c));
        return safe.toString();
    }

    /// As one line.
    static String line(String text) {
        return of(text).strip().replace('\n', ' ').replace('\t', ' ');
    }

    private static boolean steers(int c) {
        boolean direction = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return Character.isISOControl(c) && c != '\n' && c != '\t' || direction;
    }

    /// The picture that Unicode has for it.
    private static int visible(int c) {
        return c < 0x20 ? 0x2400 + c : c == 0x7f ? 0x2421 : 0xfffd;
    }
}
