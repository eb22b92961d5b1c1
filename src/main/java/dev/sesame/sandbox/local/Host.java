package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds out what isolation works on this host, by running something in it, and says what stands in the way.
final class Host {
    private Host() {}

    static LocalSandboxes best(Path directory) {
        String full = "";
        String process = "";
        for (Isolation isolation : Isolation.values()) {
            String reason = isolation == Isolation.FULL ? "" : " Full isolation fails: " + full;
            var sandboxes = provider(isolation, directory, reason);
            Optional<String> trouble = Probe.trouble(sandboxes, directory);
            if (trouble.isEmpty()) {
                return sandboxes;
            }
            sandboxes.close();
            switch (isolation) {
                case FULL -> full = advice(trouble.get());
                case PROCESS -> process = trouble.get();
                case NONE -> throw new SandboxException("No command can be run here. " + process + " " + trouble.get());
            }
        }
        throw new IllegalStateException("Isolation has no values");
    }

    static LocalSandboxes only(Isolation isolation, Path directory) {
        var sandboxes = provider(isolation, directory, "");
        Optional<String> trouble = Probe.trouble(sandboxes, directory);
        if (trouble.isPresent()) {
            sandboxes.close();
            throw new SandboxException(isolation == Isolation.FULL ? advice(trouble.get()) : trouble.get());
        }
        return sandboxes;
    }

    private static LocalSandboxes provider(Isolation isolation, Path directory, String reason) {
        Path scripts = Scripts.unpack(directory.resolve("scripts"));
        boolean root = isRoot();
        Grade grade = switch (isolation) {
            case FULL -> new Bubblewrap(scripts, root);
            case PROCESS -> new Unshare(root);
            case NONE -> new Plain();
        };
        var groups = ControlGroups.find(Path.of("/sys/fs/cgroup"), ownGroup());
        return new LocalSandboxes(grade, scripts, groups, describe(isolation, groups) + reason);
    }

    private static String describe(Isolation isolation, ControlGroups groups) {
        String what = switch (isolation) {
            case FULL -> "bubblewrap isolates commands fully (the network is the host's)";
            case PROCESS ->
                "Commands have their own processes and mounts (unshare), but see the host's files"
                        + " with the rights of the server's user";
            case NONE -> "Commands are not isolated: they are plain processes of the server's user";
        };
        return what + "; " + groups.describe() + ".";
    }

    /// What to do about bubblewrap's trouble.
    private static String advice(String trouble) {
        if (trouble.contains("bwrap: not found")) {
            return "bubblewrap is not installed; install the package \"bubblewrap\".";
        }
        if (setting("kernel/unprivileged_userns_clone").equals("0")) {
            return "the host forbids user namespaces; allow them: sysctl kernel.unprivileged_userns_clone=1 (" + trouble
                    + ")";
        }
        if (setting("user/max_user_namespaces").equals("0")) {
            return "the host forbids user namespaces; allow them: sysctl user.max_user_namespaces=10000 (" + trouble
                    + ")";
        }
        if (setting("kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return "AppArmor forbids bubblewrap user namespaces; give /usr/bin/bwrap a profile with \"userns,\" or"
                    + " sysctl kernel.apparmor_restrict_unprivileged_userns=0 (" + trouble + ")";
        }
        return trouble + " (in a container, it may need to be started with user namespaces and mounts allowed).";
    }

    private static String setting(String name) {
        try {
            return Files.readString(Path.of("/proc/sys").resolve(name)).trim();
        } catch (IOException absent) {
            return "";
        }
    }

    private static String ownGroup() {
        try (var lines = Files.lines(Path.of("/proc/self/cgroup"))) {
            return lines.filter(line -> line.startsWith("0::")).findFirst().orElse("");
        } catch (IOException absent) {
            return "";
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new SandboxException("Sandboxes of this kind need Linux with /proc", e);
        }
    }
}
