package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Full isolation by bubblewrap: own user, PID, mount, IPC and UTS namespaces, no capabilities, and a file system
/// that begins empty.
///
/// The network is the host's: services on loopback and abstract Unix sockets can be reached, the file system's
/// sockets (D-Bus, Docker) can't.
///
/// @param scripts where passwd, group and `stage.sh` lie
/// @param root the server is root: the command's uid is taken before bubblewrap starts, and what it is to see is
///     staged first, since that uid may not pass through the directories above
record Bubblewrap(Path scripts, boolean root) implements Grade {

    private static final List<String> NAMESPACES = List.of(
            "bwrap --unshare-user --uid 1000 --gid 1000 --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try"
                    + " --hostname sandbox --cap-drop ALL --die-with-parent --new-session --info-fd 9");

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
    public List<String> launcher(SandboxCommand command) {
        var sources = new ArrayList<Path>(List.of(scripts.toAbsolutePath()));
        command.mounts().forEach(mount -> sources.add(mount.host().toAbsolutePath()));
        List<String> reached = root
                ? IntStream.range(0, sources.size()).mapToObj(n -> "/sys/" + n).toList()
                : sources.stream().map(Path::toString).toList();

        var words = new ArrayList<String>();
        if (root) {
            words.addAll(List.of(
                    "unshare", "--mount", "sh", scripts.resolve("stage.sh").toString()));
            sources.forEach(source -> words.add(source.toString()));
            words.add("--");
            words.addAll(List.of("setpriv", "--reuid", "" + command.uid(), "--regid", "" + command.uid()));
            words.addAll(List.of("--clear-groups", "--inh-caps=-all"));
        }
        NAMESPACES.forEach(line -> words.addAll(List.of(line.split(" "))));
        words.addAll(SystemFiles.words(Path.of("/")));
        for (String file : List.of("passwd", "group")) {
            words.addAll(List.of("--ro-bind", reached.getFirst() + "/" + file, "/etc/" + file));
        }
        for (int n = 0; n < command.mounts().size(); n++) {
            Mount mount = command.mounts().get(n);
            words.addAll(List.of(mount.writable() ? "--bind" : "--ro-bind", reached.get(n + 1), mount.inside()));
        }
        words.addAll(List.of("--remount-ro", "/", "--"));
        words.addAll(Grade.shell("/bin/sh", command));
        return words;
    }
}
