package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
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
            @Nullable Instant lastRequest,
            @Nullable Instant expiresAt,
            Instant createdAt,
            Instant updatedAt,
            Map<String, List<String>> permissions) {

        static KeyView of(AccessKey it, @Nullable String key, int requestsPerMinute) {
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
                    it.lastRequestAt(),
                    it.expiresAt(),
                    it.createdAt(),
                    it.updatedAt(),
                    PermissionTable.table(it.permissions()));
        }
    }
}
