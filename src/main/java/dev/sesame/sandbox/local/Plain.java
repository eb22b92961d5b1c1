package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import java.util.ArrayList;
import java.util.List;

/// No isolation: a session of its own is all that holds the command together. What leaves it (a daemon) escapes.
record Plain() implements Grade {

    @Override
    public Isolation isolation() {
        return Isolation.NONE;
    }

    @Override
    public List<String> launcher(SandboxCommand command) {
        var words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "setsid"));
        words.addAll(Grade.shell("sh", command));
        return words;
    }

    /// There is nothing to enter.
    @Override
    public Entrance entrance(Spool running, SandboxCommand command) {
        return Entrance.none(launcher(command));
    }
}
