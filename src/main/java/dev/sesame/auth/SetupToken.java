package dev.sesame.auth;

import dev.sesame.setting.ServerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Proof that who makes the first account can see the server's console. Needed as long as there is no account and
/// others than this machine can reach the server; printed at the start, a new one each time, never stored.
@Singleton
final class SetupToken {
    private static final Logger LOG = System.getLogger(SetupToken.class.getName());
    private static final int LENGTH = 24;

    private final String token = Secret.random(LENGTH);
    private final ServerConfig config;
    private final Users users;

    SetupToken(ServerConfig config, Users users) {
        this.config = config;
        this.users = users;
    }

    void print(@Observes StartupEvent started) {
        if (needed()) {
            LOG.log(Level.INFO, "Setup token for the first account: {0}", token);
        }
    }

    boolean needed() {
        return !config.loopback() && users.none();
    }

    /// Refuses an attempt at the first account without the right token.
    void check(@Nullable String given) {
        if (needed() && (given == null || !Secret.same(given, token))) {
            throw AuthError.SETUP_TOKEN_REQUIRED.refusal();
        }
    }
}
