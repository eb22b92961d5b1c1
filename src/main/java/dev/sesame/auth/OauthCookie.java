package dev.sesame.auth;

import dev.sesame.setting.ServerConfig;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The cookie that says which browser began a sign-in at a provider: it holds the state that went there.
@Singleton
final class OauthCookie {
    private final String name;
    private final String attributes;

    OauthCookie(ServerConfig config) {
        this.name = (config.https() ? "__Secure-" : "") + "better-auth.oauth_state";
        this.attributes = "; Path=" + config.subPath() + "/api/auth; HttpOnly" + (config.https() ? "; Secure" : "")
                + "; SameSite=Lax";
    }

    void set(RoutingContext request, String state, Duration life) {
        answer(request, name + "=" + state + "; Max-Age=" + life.toSeconds() + attributes);
    }

    boolean matches(RoutingContext request, String state) {
        for (Cookie cookie : request.request().cookies(name)) {
            if (Secret.same(cookie.getValue(), state)) {
                return true;
            }
        }
        return false;
    }

    void clear(RoutingContext request) {
        answer(request, name + "=; Max-Age=0" + attributes);
    }

    private static void answer(RoutingContext request, String cookie) {
        request.response().headers().add(HttpHeaders.SET_COOKIE, cookie);
    }
}
