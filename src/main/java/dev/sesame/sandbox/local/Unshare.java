package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// PID and mount namespaces by util-linux's `unshare`: the host's processes are out of reach and nothing outlives
/// the command, but it reads and writes what the server's user may.
///
/// @param root the server is root and needs no user namespace for this
record Unshare(boolean root) implements Grade {

    /// The word of the launcher that makes the namespace's init die with it.
    static final String KILL_CHILD = "--kill-child=KILL";

    @Override
    public Isolation isolation() {
        return Isolation.PROCESS;
    }

    @Override
    public List<String> launcher(SandboxCommand command) {
        var words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "unshare"));
        if (!root) {
            words.addAll(List.of("--user", "--map-current-user"));
        }
        words.addAll(List.of("--pid", "--fork", "--mount-proc", KILL_CHILD, "setsid"));
        words.addAll(Grade.shell("sh", command));
        return words;
    }

    @Override
    public Entrance entrance(Spool running, SandboxCommand command) {
        long init = Remains.entered(running).stream()
                .findFirst()
                .map(ProcessFacts::pid)
                .orElse(-1L);
        return Entrance.into(init, OptionalInt.empty(), Grade.shell("sh", command));
    }
}
