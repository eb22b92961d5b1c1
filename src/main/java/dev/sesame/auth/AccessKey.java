package dev.sesame.auth;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An `sk_` key, without the key itself.
///
/// @param metadata a JSON object of its owner's
/// @param start the key's first characters, by which its owner knows it again
record AccessKey(
        String id,
        String userId,
        @Nullable String name,
        String start,
        Set<Permission> permissions,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastRequestAt,
        @Nullable String metadata) {

    boolean holds(Instant now) {
        return enabled && (expiresAt == null || expiresAt.isAfter(now));
    }
}
