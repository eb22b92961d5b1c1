package dev.sesame.auth;

import dev.sesame.setting.ServerConfig;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The cookie of a signed-in browser, in better-auth's form: `token.signature`, percent-encoded, the signature being
/// base64 of an HMAC-SHA-256 of the token. The signature lets us drop made-up cookies without asking the database; it
/// is the token that lets somebody in. Safe from any thread.
public final class SessionCookie {
    private static final String NAME = "better-auth.session_token";

    private final String name;
    private final String attributes;
    private final SecretKeySpec key;

    /// @param key for the signatures, of 32 bytes; must stay the same, for with another one everybody is signed out
    public SessionCookie(ServerConfig config, byte[] key) {
        this.name = (config.https() ? "__Secure-" : "") + NAME;
        this.attributes = "; Path=" + (config.subPath().isEmpty() ? "/" : config.subPath()) + "; HttpOnly"
                + (config.https() ? "; Secure" : "") + "; SameSite=Lax";
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /// The token in the request's cookie, if the signature is ours.
    Optional<String> token(RoutingContext request) {
        // By name and not by position: a cookie of another path may have the same name.
        for (Cookie cookie : request.request().cookies(name)) {
            String token = verified(cookie.getValue());
            if (token != null) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    boolean present(RoutingContext request) {
        return !request.request().cookies(name).isEmpty();
    }

    /// @param life null for a cookie that ends with the browser's window
    void set(RoutingContext request, String token, @Nullable Duration life) {
        String value = URLEncoder.encode(token + "." + sign(token), StandardCharsets.UTF_8);
        answer(request, name + "=" + value + (life == null ? "" : "; Max-Age=" + life.toSeconds()) + attributes);
    }

    void clear(RoutingContext request) {
        answer(request, name + "=; Max-Age=0" + attributes);
    }

    private static void answer(RoutingContext request, String cookie) {
        request.response().headers().add(HttpHeaders.SET_COOKIE, cookie);
    }

    private @Nullable String verified(String value) {
        String plain;
        try {
            // A plus sign is one here, unlike in forms.
            plain = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int dot = plain.lastIndexOf('.');
        if (dot < 0) {
            return null;
        }
        String token = plain.substring(0, dot);
        return Secret.same(plain.substring(dot + 1), sign(token)) ? token : null;
    }

    private String sign(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
