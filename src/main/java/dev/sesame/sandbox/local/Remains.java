package dev.sesame.sandbox.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What of a run's processes still lives. Pids are used again, so each is trusted only with the start time that
/// the control directory has of it, and only in the boot it was written in.
final class Remains {
    private static final Pattern INIT = Pattern.compile("\"child-pid\":\\s*(\\d+)");
    /// Bubblewrap makes the sandbox's init at once: in clock ticks, 100 a second.
    private static final long INIT_IS_MADE_WITHIN = 1_000;

    private Remains() {}

    static Optional<ProcessFacts> supervisor(Spool spool) {
        return Claim.read(spool.file("pid")).flatMap(Claim::living);
    }

    /// All of them: the supervisor's session, the session of the launcher (where it made one), and the sandbox's
    /// init, which goes last of all in its namespace.
    static List<ProcessFacts> of(Spool spool) {
        Optional<Claim> supervisor = Claim.read(spool.file("pid"));
        if (supervisor.isEmpty()) {
            return List.of();
        }
        Optional<Claim> launcher = Claim.read(spool.file("agent"));
        Predicate<ProcessFacts> ours = supervisor.map(Remains::inSession).get();
        if (launcher.isPresent()) {
            ours = ours.or(inSession(launcher.get())).or(isInit(spool, launcher.get()));
        }
        return ProcessFacts.all().stream().filter(ours).toList();
    }

    /// The processes that the launcher of a joined command sent into the other's namespaces.
    static List<ProcessFacts> entered(Spool spool) {
        return Claim.read(spool.file("agent"))
                .flatMap(Claim::living)
                .map(launcher -> ProcessFacts.all().stream()
                        .filter(process -> process.parent() == launcher.pid())
                        .toList())
                .orElse(List.of());
    }

    /// Kills those of a joined command, and only them: the launcher has to bury them, or the other's namespace
    /// can't end. False if this is none, or if nobody is there to do it.
    static boolean endEntered(Spool spool) {
        if (!Files.exists(spool.file(Spool.JOINED)) || supervisor(spool).isEmpty()) {
            return false;
        }
        entered(spool).forEach(ProcessFacts::kill);
        return true;
    }

    /// Whether `unshare` is about to make the namespace's init. Killed just then it would leave one behind that has not
    /// yet asked to die with it, in a session of its own, where nobody finds it. It has asked before it becomes
    /// another program.
    static boolean unsharing(Spool spool) {
        Optional<ProcessFacts> supervisor = supervisor(spool);
        if (supervisor.isEmpty() || !words(supervisor.get()).contains(Unshare.KILL_CHILD)) {
            return false;
        }
        Optional<Claim> claim = Claim.read(spool.file("agent"));
        if (claim.isEmpty()) {
            return true;
        }
        return claim.flatMap(Claim::living)
                .filter(launcher -> ProcessFacts.all().stream()
                        .filter(process -> process.parent() == launcher.pid())
                        .allMatch(process -> process.program().equals("unshare")))
                .isPresent();
    }

    private static List<String> words(ProcessFacts process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(line.split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /// Kills them, but lets those that copy output come to its end, unless told to lose patience with them.
    static void end(Spool spool, boolean all) {
        List<ProcessFacts> remains = of(spool);
        Stream<ProcessFacts> others =
                remains.stream().filter(process -> all || !process.program().equals("cat"));
        others.forEach(ProcessFacts::kill);
    }

    // A session's number is not given to another process while anyone is in it.
    private static Predicate<ProcessFacts> inSession(Claim leader) {
        return leader.reused() ? process -> false : process -> process.session() == leader.pid();
    }

    private static Predicate<ProcessFacts> isInit(Spool spool, Claim launcher) {
        long pid = initPid(spool);
        return process -> process.pid() == pid
                && process.started() >= launcher.started()
                && process.started() < launcher.started() + INIT_IS_MADE_WITHIN;
    }

    /// As the host numbers it; -1 if it is not known.
    static long initPid(Spool spool) {
        try {
            Matcher facts = INIT.matcher(Files.readString(spool.file("init")));
            return facts.find() ? Long.parseLong(facts.group(1)) : -1;
        } catch (IOException absent) {
            return -1;
        }
    }
}
