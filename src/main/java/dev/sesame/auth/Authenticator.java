package dev.sesame.auth;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Finds out who makes a request. Blocks briefly (one indexed read): call it from a virtual or worker thread, never
/// from an event loop.
public interface Authenticator {

    /// The caller, by `X-API-Key`, `Authorization: Bearer sk_…` or the session cookie; empty for an anonymous request.
    /// A credential that is there but wrong, expired or disabled throws 401, a key above its rate 429.
    Optional<Caller> authenticate(RoutingContext request);

    /// As [#authenticate], and 401 for an anonymous request.
    default Caller require(RoutingContext request) {
        return authenticate(request)
                .orElseThrow(() -> dev.sesame.http.Problem.UNAUTHORIZED.because(
                        "Sign in, or send an API key as X-API-Key or Authorization: Bearer"));
    }

    /// As [#require], and 403 for a caller without the permission.
    default Caller require(RoutingContext request, Permission permission) {
        Caller caller = require(request);
        caller.require(permission);
        return caller;
    }

    /// Whether the session, key and user behind the caller still hold, and the key its permission; for long-lived
    /// streams, at each ping.
    boolean stillValid(Caller caller, Permission permission);
}
