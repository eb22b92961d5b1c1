package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Full isolation by bubblewrap: own user, PID, mount, IPC and UTS namespaces, no capabilities, and a file system
/// that begins empty.
///
/// The network is the host's: services on loopback and abstract Unix sockets can be reached, the file system's
/// sockets (D-Bus, Docker) can't.
///
/// @param scripts where passwd and group lie
/// @param root the server is root: the command's uid is taken before bubblewrap starts, and what it is to see is
///     staged first, since that uid may not pass through the directories above
record Bubblewrap(Path scripts, boolean root) implements Grade {
    /// The command's uid as it sees it itself.
    private static final int INSIDE = 1000;

    @Override
    public Isolation isolation() {
        return Isolation.FULL;
    }

    @Override
    public String seenPath(Mount mount) {
        return mount.inside();
    }

    @Override
    public boolean switchesUid() {
        return root;
    }

    @Override
    public Map<String, String> files(SandboxCommand command) {
        return root ? Staging.files(sources(command)) : Map.of();
    }

    @Override
    public List<String> launcher(SandboxCommand command) {
        var words = new ArrayList<String>();
        if (root) {
            String uid = Integer.toString(command.uid());
            words.addAll(List.of("unshare", "--mount", "sh", "-c", Staging.SHELL, "sh"));
            words.addAll(List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--inh-caps=-all"));
        }
        words.addAll(List.of("bwrap", "--unshare-user", "--unshare-pid"));
        words.addAll(List.of("--uid", "" + INSIDE, "--gid", "" + INSIDE));
        words.addAll(List.of("--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox"));
        words.addAll(List.of("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--info-fd", "9"));
        words.addAll(SystemFiles.words(Path.of("/")));
        bind(words, command);
        words.addAll(List.of("--remount-ro", "/", "--"));
        words.addAll(Grade.shell("/bin/sh", command));
        return words;
    }

    @Override
    public Entrance entrance(Spool running, SandboxCommand command) {
        List<String> shell = Grade.shell("/bin/sh", command);
        return Entrance.into(Remains.initPid(running), root ? OptionalInt.of(INSIDE) : OptionalInt.empty(), shell);
    }

    private void bind(List<String> words, SandboxCommand command) {
        List<Path> reached = root ? Staging.points(sources(command)) : sources(command);
        for (String file : List.of("passwd", "group")) {
            words.addAll(List.of("--ro-bind", reached.getFirst().resolve(file).toString(), "/etc/" + file));
        }
        for (int n = 0; n < command.mounts().size(); n++) {
            Mount mount = command.mounts().get(n);
            String host = reached.get(n + 1).toString();
            words.addAll(List.of(mount.writable() ? "--bind" : "--ro-bind", host, mount.inside()));
        }
    }

    private List<Path> sources(SandboxCommand command) {
        var hosts = command.mounts().stream().map(mount -> mount.host().toAbsolutePath());
        return Stream.concat(Stream.of(scripts), hosts).toList();
    }
}
