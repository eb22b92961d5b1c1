package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    private static final String STAGE = "mount --all --fstab mounts || exit 125; exec \"$@\"";

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
        return root ? Map.of("mounts", Staging.fstab(directories(command))) : Map.of();
    }

    @Override
    public List<String> launcher(SandboxCommand command) {
        var words = new ArrayList<String>();
        if (root) {
            String uid = Integer.toString(command.uid());
            words.addAll(List.of("unshare", "--mount", "sh", "-c", STAGE, "sh"));
            words.addAll(List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups", "--inh-caps=-all"));
        }
        words.addAll(List.of("bwrap", "--unshare-user", "--uid", "1000", "--gid", "1000", "--unshare-pid"));
        words.addAll(List.of("--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox"));
        words.addAll(List.of("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--info-fd", "9"));
        words.addAll(SystemFiles.words(Path.of("/")));
        bind(words, command);
        words.addAll(List.of("--remount-ro", "/", "--"));
        words.addAll(Grade.shell("/bin/sh", command));
        return words;
    }

    private void bind(List<String> words, SandboxCommand command) {
        UnaryOperator<Path> reach = root ? Staging.of(directories(command)) : UnaryOperator.identity();
        for (String file : List.of("passwd", "group")) {
            words.addAll(List.of("--ro-bind", reach.apply(scripts.resolve(file)).toString(), "/etc/" + file));
        }
        for (Mount mount : command.mounts()) {
            Path host = reach.apply(mount.host().toAbsolutePath());
            words.addAll(List.of(mount.writable() ? "--bind" : "--ro-bind", host.toString(), mount.inside()));
        }
    }

    // A file is reached through its directory, of which the command still sees nothing else.
    private List<Path> directories(SandboxCommand command) {
        var hosts = command.mounts().stream().map(mount -> mount.host().toAbsolutePath());
        return Stream.concat(Stream.of(scripts), hosts)
                .map(host -> Files.isDirectory(host) ? host : host.getParent())
                .distinct()
                .toList();
    }
}
