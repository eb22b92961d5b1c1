package dev.sesame.auth;

import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a key can be called, how long it can live, and what its owner can let it do.
final class KeyRules {
    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

    private KeyRules() {}

    static String name(String name) {
        return Input.text("name", name, 1, LONGEST_NAME);
    }

    static Duration life(long seconds) {
        if (seconds < 1 || seconds > LONGEST_LIFE.toSeconds()) {
            throw Problem.BAD_REQUEST.because(
                    "expiresIn must be a whole number from 1 to " + LONGEST_LIFE.toSeconds() + " (seconds)");
        }
        return Duration.ofSeconds(seconds);
    }

    static Set<Permission> permissions(Map<String, List<String>> wanted, Caller owner) {
        Set<Permission> permissions = PermissionTable.parse(wanted);
        if (!owner.admin() && permissions.stream().anyMatch(Permission::adminOnly)) {
            throw AuthError.PERMISSION_NOT_HELD.refusal();
        }
        return permissions;
    }
}
