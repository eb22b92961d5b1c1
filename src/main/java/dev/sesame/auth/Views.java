package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What better-auth's client gets: its names, and null where a value is missing.
final class Views {

    private Views() {}

    /// @param image always null: pictures come from Gravatar, if at all
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record UserView(
            String id,
            String name,
            String email,
            boolean emailVerified,
            @Nullable String image,
            Instant createdAt,
            Instant updatedAt,
            String role) {

        static UserView of(User user) {
            return new UserView(
                    user.id(),
                    user.name(),
                    user.email(),
                    user.emailVerified(),
                    null,
                    user.createdAt(),
                    user.updatedAt(),
                    user.role());
        }
    }

    /// @param token the handle to revoke it by, not what the cookie holds
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SessionView(
            String id,
            String token,
            String userId,
            @Nullable Instant expiresAt,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String ipAddress,
            @Nullable String userAgent) {

        static SessionView of(LoginSession session) {
            return new SessionView(
                    session.id(),
                    session.id(),
                    session.userId(),
                    session.expiresAt(),
                    session.createdAt(),
                    session.updatedAt(),
                    session.ipAddress(),
                    session.userAgent());
        }

        static SessionView of(AccessKey key) {
            return new SessionView(
                    key.id(), key.id(), key.userId(), key.expiresAt(), key.createdAt(), key.updatedAt(), null, null);
        }
    }

    record SessionAndUser(SessionView session, UserView user) {}

    /// @param token null when no session was begun
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TokenAndUser(@Nullable String token, UserView user) {}

    /// @param url absent unless a redirect was asked for
    record SignedIn(
            boolean redirect, String token, @Nullable String url, UserView user) {}

    record Success(boolean success) {}

    record Status(boolean status) {}

    /// @param key only in the answer that makes it
    /// @param requestCount in the minute that runs
    /// @param remaining always null, as the three after it: our keys are limited by rate and not by number
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KeyView(
            String id,
            @Nullable String name,
            String start,
            String prefix,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String key,

            String userId,
            boolean enabled,
            boolean rateLimitEnabled,
            long rateLimitTimeWindow,
            int rateLimitMax,
            int requestCount,
            @Nullable Integer remaining,
            @Nullable Integer refillInterval,
            @Nullable Integer refillAmount,
            @Nullable Instant lastRefillAt,
            @Nullable Instant lastRequest,
            @Nullable Instant expiresAt,
            Instant createdAt,
            Instant updatedAt,
            @JsonRawValue @Nullable String metadata,
            Map<String, List<String>> permissions) {

        static KeyView of(AccessKey it, @Nullable String key, int requestsPerMinute, int used) {
            return new KeyView(
                    it.id(),
                    it.name(),
                    it.start(),
                    AccessKeys.PREFIX,
                    key,
                    it.userId(),
                    it.enabled(),
                    true,
                    60_000,
                    requestsPerMinute,
                    used,
                    null,
                    null,
                    null,
                    null,
                    it.lastRequestAt(),
                    it.expiresAt(),
                    it.createdAt(),
                    it.updatedAt(),
                    it.metadata(),
                    PermissionTable.table(it.permissions()));
        }
    }
}
