package dev.sesame.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether this user's programs may make user namespaces, which a server that isn't root's isolates agents by; and if
/// not, which of the kernel's settings forbids it (user_namespaces(7); the last two are Debian's and Ubuntu's own).
final class UserNamespaces {
    private static final String NAME = "user namespaces";
    private static final String MEANING = "; a server that isn't root's can't isolate agents fully";

    private UserNamespaces() {}

    static Finding examine() {
        boolean made = HostProgram.ask("unshare", "--user", "--map-root-user", "echo", "made")
                .isPresent();
        return made ? Finding.ok(NAME, "can be made") : forbidden(Path.of("/proc/sys"));
    }

    /// @param settings the kernel's, a file each
    static Finding forbidden(Path settings) {
        if (is("0", settings.resolve("user/max_user_namespaces"))) {
            return forbiddenBy("user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=15000");
        } else if (is("0", settings.resolve("kernel/unprivileged_userns_clone"))) {
            return forbiddenBy("kernel.unprivileged_userns_clone is 0", "sysctl -w kernel.unprivileged_userns_clone=1");
        } else if (is("1", settings.resolve("kernel/apparmor_restrict_unprivileged_userns"))) {
            return forbiddenBy(
                    "AppArmor restricts them",
                    "an AppArmor profile that lets bwrap make them, or"
                            + " sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
        }
        return forbiddenBy("unshare failed", "install util-linux; in a container, let its runtime allow them");
    }

    private static Finding forbiddenBy(String reason, String remedy) {
        return Finding.optional(NAME, "can't be made: " + reason + MEANING, remedy);
    }

    private static boolean is(String value, Path setting) {
        try {
            return Files.readString(setting).strip().equals(value);
        } catch (IOException none) {
            return false;
        }
    }
}
