package dev.sesame.auth;

import java.time.Instant;

/// A browser that is signed in.
///
/// @param id also the handle by which it is revoked; unlike the cookie's token it proves nothing
record LoginSession(
        String id,
        String userId,
        String ipAddress,
        String userAgent,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt) {}
