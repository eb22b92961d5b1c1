package dev.sesame.auth;

import dev.sesame.http.RateLimit;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import jakarta.inject.Singleton;

/// How often each `sk_` key is used in a minute, on this server. Safe from any thread.
@Singleton
final class KeyRate {
    private final RateLimit rate;

    KeyRate(Settings settings) {
        this.rate = new RateLimit(() -> settings.get(SettingKeys.RATE_LIMIT_KEY_PER_MINUTE));
    }

    /// Counts a request; throws 429 above the limit.
    void count(String keyId) {
        rate.count(keyId, "requests with this key");
    }

    /// In the minute that runs.
    int used(String keyId) {
        return rate.used(keyId);
    }
}
