package dev.sesame.sandbox.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `/proc/PID/stat` says of a process.
///
/// @param started in clock ticks since boot; with the pid and the boot id it names a process for good
record ProcessFacts(long pid, String program, char state, long parent, long session, long started) {
    private static final Path PROC = Path.of("/proc");

    static Optional<ProcessFacts> of(long pid) {
        try {
            return Optional.of(parse(pid, Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// The living ones; zombies are none.
    static List<ProcessFacts> all() {
        var all = new ArrayList<ProcessFacts>();
        for (String name : PROC.toFile().list()) {
            if (Character.isDigit(name.charAt(0))) {
                of(Long.parseLong(name)).filter(ProcessFacts::lives).ifPresent(all::add);
            }
        }
        return all;
    }

    /// Zombies don't: who should have reaped them may never do it.
    boolean lives() {
        return state != 'Z' && state != 'X';
    }

    void kill() {
        if (of(pid).filter(now -> now.started == started).isPresent()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    // The name, in parentheses, may contain spaces and parentheses of its own.
    private static ProcessFacts parse(long pid, String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        String[] rest = stat.substring(close + 2).split(" ");
        return new ProcessFacts(
                pid,
                stat.substring(open + 1, close),
                rest[0].charAt(0),
                Long.parseLong(rest[1]),
                Long.parseLong(rest[3]),
                Long.parseLong(rest[19]));
    }
}
