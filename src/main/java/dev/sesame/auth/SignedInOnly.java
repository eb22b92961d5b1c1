package dev.sesame.auth;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// For what only a signed-in browser may do: a stolen key must not be able to make keys or change the password.
@Singleton
final class SignedInOnly {
    private final Authenticator authenticator;

    SignedInOnly(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Caller.Session require(RoutingContext request) {
        return switch (authenticator.require(request)) {
            case Caller.Session session -> session;
            case Caller.Key key -> throw AuthError.KEY_NOT_ALLOWED.refusal();
        };
    }
}
