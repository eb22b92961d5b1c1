package dev.sesame.auth;

import dev.sesame.audit.Actor;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who made a request, proven. Anonymous requests have none: asking for one throws 401.
public sealed interface Caller {

    String userId();

    boolean admin();

    /// For the audit log.
    Actor actor();

    /// Throws 403 if this caller may not do it.
    void require(Permission permission);

    /// A signed-in browser; may do whatever its user may.
    ///
    /// @param ip the client's address
    record Session(String userId, boolean admin, String sessionId, String ip) implements Caller {
        @Override
        public Actor actor() {
            return new Actor(userId, null, ip);
        }

        @Override
        public void require(Permission permission) {
            permission.refuseUnless(!permission.adminOnly() || admin);
        }
    }

    /// An `sk_` key; may do what it was given, and never more than its user.
    record Key(
            String userId,
            boolean admin,
            String keyId,
            Set<Permission> permissions,
            @Nullable Instant expiresAt,
            String ip)
            implements Caller {
        @Override
        public Actor actor() {
            return new Actor(userId, keyId, ip);
        }

        @Override
        public void require(Permission permission) {
            permission.refuseUnless(permissions.contains(permission) && (!permission.adminOnly() || admin));
        }
    }
}
