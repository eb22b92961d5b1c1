package dev.sesame.terminal;

/// What a terminal shows at a shell's end.
final class LastWords {
    /// Brings back a screen that a program was in the middle of: no other screen, no mouse, no brackets about
    /// what is pasted, a cursor, no colours.
    private static final String RESET =
            "\033[?1047l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[?25h\033[0m\r\n";

    static final String ENDED = RESET + "[The shell has ended.]\r\n";
    static final String FULL = RESET + "[This terminal has shown all it may (tasks.maxTerminalBytes).]\r\n";

    private LastWords() {}
}
