package dev.sesame.terminal;

import org.jspecify.annotations.Nullable;

/// The terminal of a task whose agent runs here. Its lock is held while a shell is opened or written to.
final class Live {
    final ShellPlace place;
    final Writers writers = new Writers(System::nanoTime);

    // Guarded by this.
    @Nullable
    Shell shell;

    final KnownInputs inputs = new KnownInputs();

    boolean over;

    Live(ShellPlace place) {
        this.place = place;
    }

    /// No shell is opened from here on; returns the one that is open.
    synchronized @Nullable Shell finish() {
        over = true;
        return shell;
    }
}
