package dev.sesame.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a key can be called, how long it can live, and what its owner can let it do.
final class KeyRules {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_METADATA = 4_000;
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

    /// A JSON object, as text; null for JSON null.
    static @Nullable String metadata(JsonNode metadata) {
        if (metadata.isNull()) {
            return null;
        }
        String text = metadata.toString();
        if (!metadata.isObject() || text.length() > LONGEST_METADATA) {
            throw Problem.BAD_REQUEST.because(
                    "metadata must be an object of at most " + LONGEST_METADATA + " characters");
        }
        return text;
    }

    static Set<Permission> permissions(Map<String, List<String>> wanted, Caller owner) {
        Set<Permission> permissions = PermissionTable.parse(wanted);
        if (!owner.admin() && permissions.stream().anyMatch(Permission::adminOnly)) {
            throw AuthError.PERMISSION_NOT_HELD.refusal();
        }
        return permissions;
    }
}
