package dev.sesame.auth;

import dev.sesame.http.ClientAddress;
import dev.sesame.http.Problem;
import dev.sesame.setting.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Each request is looked up in the database, by one indexed read: what is revoked there is refused at once, on every
/// node, and there is no cache that could know better.
@Singleton
final class RequestAuthenticator implements Authenticator {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer(?![^ ])(.*)");

    private final LoginSessions sessions;
    private final AccessKeys keys;
    private final SessionCookie cookie;
    private final Settings settings;
    private final Clock clock;
    private final KeyRate keyRate;

    RequestAuthenticator(
            LoginSessions sessions,
            AccessKeys keys,
            SessionCookie cookie,
            KeyRate keyRate,
            Settings settings,
            Clock clock) {
        this.sessions = sessions;
        this.keys = keys;
        this.cookie = cookie;
        this.settings = settings;
        this.clock = clock;
        this.keyRate = keyRate;
    }

    @Override
    public Optional<Caller> authenticate(RoutingContext request) {
        String key = key(request);
        if (key != null) {
            return Optional.of(byKey(key, request));
        }
        return cookie.present(request) ? Optional.of(byCookie(request)) : Optional.empty();
    }

    @Override
    public boolean stillValid(Caller caller, Permission permission) {
        return switch (caller) {
            case Caller.Session session -> sessions.byId(session.sessionId()).isPresent();
            case Caller.Key key ->
                keys.byId(key.keyId())
                        .map(AccessKeys.Owned::accessKey)
                        .filter(now ->
                                now.holds(clock.instant()) && now.permissions().contains(permission))
                        .isPresent();
        };
    }

    static @Nullable String key(RoutingContext request) {
        String key = request.request().getHeader("X-API-Key");
        if (key != null) {
            return key;
        }
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        // Another scheme may be a proxy's business.
        return bearer.matches() ? bearer.group(1).strip() : null;
    }

    private Caller byKey(String text, RoutingContext request) {
        AccessKeys.Owned owned = keys.find(text)
                .filter(found -> found.accessKey().holds(clock.instant()))
                .orElseThrow(() -> Problem.UNAUTHORIZED.because("The API key is unknown, expired or disabled"));
        AccessKey key = owned.accessKey();
        keyRate.count(key.id());
        keys.noteUse(key);
        return new Caller.Key(
                key.userId(),
                owned.owner().admin(),
                key.id(),
                key.permissions(),
                key.expiresAt(),
                ClientAddress.of(request, settings));
    }

    private Caller byCookie(RoutingContext request) {
        String token = cookie.token(request).orElse(null);
        LoginSessions.SignedIn signedIn =
                token == null ? null : sessions.find(token).orElse(null);
        if (token == null || signedIn == null) {
            throw Problem.UNAUTHORIZED.because("The session has ended; sign in again");
        }
        if (sessions.renew(signedIn.session()).isPresent()) {
            cookie.set(request, token, LoginSessions.LIFE);
        }
        return new Caller.Session(
                signedIn.user().id(),
                signedIn.user().admin(),
                signedIn.session().id(),
                ClientAddress.of(request, settings));
    }
}
