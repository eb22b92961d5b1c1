package dev.sesame.auth;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Lets in who proved at a provider who they are, under the same rules as with a password.
@Singleton
final class Entrance {
    private final AuthAttempts attempts;
    private final Browsers browsers;
    private final Users users;

    Entrance(AuthAttempts attempts, Browsers browsers, Users users) {
        this.attempts = attempts;
        this.browsers = browsers;
        this.users = users;
    }

    void count(RoutingContext request) {
        attempts.count(request);
    }

    String address(RoutingContext request) {
        return attempts.address(request);
    }

    void failed(RoutingContext request, String target) {
        attempts.failed(request, target);
    }

    /// @return why the user may not come in, as a code; null if the browser is signed in now
    @Nullable
    String enter(RoutingContext request, User user) {
        if (users.mustConfirm(user)) {
            return "email_not_verified";
        }
        browsers.signIn(request, user, true);
        return null;
    }
}
