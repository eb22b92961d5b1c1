package dev.sesame.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signs browsers in and out: the session in the database and the cookie in the answer.
@Singleton
final class Browsers {
    private final LoginSessions sessions;
    private final SessionCookie cookie;
    private final AuthAttempts attempts;

    Browsers(LoginSessions sessions, SessionCookie cookie, AuthAttempts attempts) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.attempts = attempts;
    }

    /// @return the handle of the session that began
    String signIn(RoutingContext request, User user, @Nullable Boolean remember) {
        LoginSessions.Browser browser = browser(request, remember == null || remember);
        return begun(request, sessions.begin(user.id(), browser), browser.remember());
    }

    /// Ends all of the user's sessions, this browser's too, and begins a new one here.
    String signInAlone(RoutingContext request, User user) {
        return begun(request, sessions.beginAlone(user.id(), browser(request, true)), true);
    }

    private LoginSessions.Browser browser(RoutingContext request, boolean remember) {
        String agent = request.request().getHeader(HttpHeaders.USER_AGENT);
        return new LoginSessions.Browser(attempts.address(request), agent == null ? "" : agent, remember);
    }

    private String begun(RoutingContext request, LoginSessions.Begun begun, boolean remember) {
        cookie.set(request, begun.token(), remember ? LoginSessions.LIFE : null);
        return begun.session().id();
    }

    /// The session of the request's cookie, however it came by it; no cookie or an invalid one is no error here.
    Optional<LoginSessions.SignedIn> signedIn(RoutingContext request) {
        return cookie.token(request).flatMap(sessions::find);
    }

    void signOut(RoutingContext request) {
        signedIn(request).ifPresent(it -> sessions.signOut(it, attempts.address(request)));
        cookie.clear(request);
    }

    void forget(RoutingContext request) {
        if (cookie.present(request)) {
            cookie.clear(request);
        }
    }
}
