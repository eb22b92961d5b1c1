package dev.sesame.auth;

import dev.sesame.http.ClientAddress;
import dev.sesame.http.RateLimit;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// Counts the attempts of each client address to get in: sign-in, sign-up and changes of password together.
@Singleton
final class AuthAttempts {
    private final Settings settings;
    private final RateLimit rate;

    AuthAttempts(Settings settings) {
        this.settings = settings;
        this.rate = new RateLimit(() -> settings.get(SettingKeys.RATE_LIMIT_AUTH_PER_MINUTE));
    }

    void count(RoutingContext request) {
        rate.count(ClientAddress.network(address(request)), "attempts from one address");
    }

    String address(RoutingContext request) {
        return ClientAddress.of(request, settings);
    }
}
