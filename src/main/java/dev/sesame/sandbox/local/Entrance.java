package dev.sesame.sandbox.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The way into the namespaces of a command that runs, by util-linux's `nsenter`. Every namespace that differs
/// from our own is entered, so what a grade unshares is decided in one place.
///
/// Root enters them with its own rights and becomes the command's uid last. Anyone else has rights only over user
/// namespaces of their own making. Bubblewrap makes two, one in the other: the outer one owns all the other
/// namespaces, the command is in the inner one. No process is left in the outer one, so there is no name for it;
/// this server opens it ([UserNamespaces]) and holds it until the command has passed.
record Entrance(List<String> words, UserNamespaces.@Nullable Held held) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Path PROC = Path.of("/proc");

    private static final Map<String, String> OPTIONS = Map.of(
            "mnt", "--mount", "pid", "--pid", "ipc", "--ipc", "uts", "--uts", "net", "--net", "cgroup", "--cgroup");

    static Entrance none(List<String> words) {
        return new Entrance(words, null);
    }

    /// @param init the host's pid of the init of the namespaces
    /// @param uid to become inside, for root; else the own one is kept, as the namespace maps it
    /// @param shell what to run there
    static Entrance into(long init, OptionalInt uid, List<String> shell) {
        var words = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
        UserNamespaces.Held outer = null;
        boolean user = !same(init, "user");
        if (user && uid.isEmpty()) {
            outer = UserNamespaces.ownerOf(PROC.resolve(init + "/ns/mnt"));
            if (outer != null && !outer.is(PROC.resolve(init + "/ns/user"))) {
                words.addAll(List.of("nsenter", "--preserve-credentials", "--user=" + outer.path()));
            }
        }
        words.addAll(List.of("nsenter", "--target", Long.toString(init)));
        OPTIONS.forEach((name, option) -> {
            if (!same(init, name)) {
                words.add(option);
            }
        });
        if (user) {
            words.add("--user");
            uid.ifPresentOrElse(
                    number -> words.addAll(List.of("--setuid", "" + number, "--setgid", "" + number)),
                    () -> words.add("--preserve-credentials"));
        }
        words.addAll(shell);
        return new Entrance(words, outer);
    }

    /// What a joined command's control directory has from the start: it shares the other's limits.
    static Map<String, String> files(Spool running) {
        var files = new HashMap<>(Map.of(Spool.JOINED, running.directory() + "\n"));
        try {
            files.put("cgroups", Files.readString(running.file("cgroups")));
        } catch (IOException unlimited) {
            // Without limits there are no groups.
        }
        return files;
    }

    /// Returns when the command has passed, or will not.
    void await(Spool spool) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (held != null && spool.exit().isEmpty() && Remains.entered(spool).isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
    }

    private static boolean same(long init, String name) {
        try {
            Path theirs = Files.readSymbolicLink(PROC.resolve(init + "/ns/" + name));
            return theirs.equals(Files.readSymbolicLink(PROC.resolve("self/ns/" + name)));
        } catch (IOException gone) {
            return false; // nsenter says it.
        }
    }
}
