package dev.sesame.auth;

import dev.sesame.audit.Actor;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.http.ClientAddress;
import dev.sesame.http.RateLimit;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;

/// Counts the attempts of each client address to get in: sign-in, sign-up and changes of password together.
@Singleton
final class AuthAttempts {
    private final Settings settings;
    private final AuditLog audit;
    private final RateLimit rate;

    AuthAttempts(Settings settings, AuditLog audit) {
        this.settings = settings;
        this.audit = audit;
        this.rate = new RateLimit(() -> settings.get(SettingKeys.RATE_LIMIT_AUTH_PER_MINUTE));
    }

    void count(RoutingContext request) {
        rate.count(ClientAddress.network(address(request)), "attempts from one address");
    }

    /// Records that somebody did not get in.
    ///
    /// @param target a user's id, or what was tried if it is nobody's
    void failed(RoutingContext request, String target) {
        audit.add(Actor.anonymous(address(request)), AuditAction.USER_SIGN_IN_FAILED, target, Map.of());
    }

    String address(RoutingContext request) {
        return ClientAddress.of(request, settings);
    }
}
