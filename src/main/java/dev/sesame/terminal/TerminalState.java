package dev.sesame.terminal;

/// How a task's terminal stands.
///
/// @param end how many bytes it has shown
/// @param shell how many shells were opened
/// @param open whether the last of them is
/// @param taken how many bytes of its spool are among those shown
record TerminalState(long end, int shell, boolean open, long taken, int rows, int columns) {
    static final TerminalState NONE = new TerminalState(0, 0, false, 0, 0, 0);
}
