package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a key its owner changes; what is absent stays.
///
/// @param expiresIn seconds from now, or JSON null: never again
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeyChange(
        @Nullable String keyId,
        @Nullable String name,
        @Nullable Boolean enabled,
        @Nullable JsonNode expiresIn,
        @Nullable JsonNode metadata,
        @Nullable Map<String, List<String>> permissions) {

    AccessKey applied(AccessKey key, Caller owner, Instant now) {
        if (name == null && enabled == null && expiresIn == null && metadata == null && permissions == null) {
            throw AuthError.NO_VALUES_TO_UPDATE.refusal();
        }
        return new AccessKey(
                key.id(),
                key.userId(),
                name == null ? key.name() : KeyRules.name(name),
                key.start(),
                permissions == null ? key.permissions() : KeyRules.permissions(permissions, owner),
                enabled == null ? key.enabled() : enabled,
                key.createdAt(),
                now,
                expiresIn == null ? key.expiresAt() : end(expiresIn, now),
                key.lastRequestAt(),
                metadata == null ? key.metadata() : KeyRules.metadata(metadata));
    }

    String id() {
        return Input.required("keyId", keyId);
    }

    private static @Nullable Instant end(JsonNode expiresIn, Instant now) {
        if (expiresIn.isNull()) {
            return null;
        }
        if (!expiresIn.isIntegralNumber() || !expiresIn.canConvertToLong()) {
            throw Problem.BAD_REQUEST.because("expiresIn must be a whole number");
        }
        return now.plus(KeyRules.life(expiresIn.longValue()));
    }
}
