package dev.sesame.http;

import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.regex.Pattern;

/// What every request passes before it reaches an endpoint, in this order, and the way out of everything that fails.
@Singleton
final class Edge {
    // Before every other route; the numbers only order these among themselves.
    private static final int FIRST = -1000;

    private static final Pattern BAD_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("%([01][0-9A-Fa-f]|7[Ff])");

    /// The framework takes more (application.properties), so that it is we who refuse what is too long.
    private static final int LONGEST_ADDRESS = 16_384;

    static final long BODY_LIMIT = 1024 * 1024;

    private final ServerConfig config;
    private final TrustedOrigin trustedOrigin;

    Edge(ServerConfig config, Settings settings) {
        this.config = config;
        this.trustedOrigin = new TrustedOrigin(config, settings);
    }

    void route(@Observes Router router) {
        Failures.install(router, FIRST);
        router.route().order(FIRST + 1).handler(Edge::checkAddress);
        router.route().order(FIRST + 2).handler(new SubPath(config.subPath()));
        router.route().order(FIRST + 3).handler(Edge::secure);
        router.route().order(FIRST + 4).handler(trustedOrigin);
        router.route().order(FIRST + 5).handler(Edge::limitBody);
        router.route().order(FIRST + 6).handler(this::relativeLocation);
    }

    private static void checkAddress(RoutingContext request) {
        String uri = request.request().uri();
        if (uri.length() > LONGEST_ADDRESS) {
            protect(request, true);
            throw Problem.BAD_REQUEST.because("The address is longer than " + LONGEST_ADDRESS + " characters");
        }
        if (BAD_ENCODING.matcher(uri).find()) {
            protect(request, true);
            throw Problem.BAD_REQUEST.because("The address has a % that is not followed by two hex digits");
        }
        if (CONTROL_CHARACTER.matcher(uri).find()) {
            protect(request, true);
            throw Problem.BAD_REQUEST.because("The address holds a control character");
        }
        request.next();
    }

    private static void secure(RoutingContext request) {
        protect(request, request.normalizedPath().startsWith("/api/"));
        request.next();
    }

    /// @param data whether the answer is one of the API, no page
    private static void protect(RoutingContext request, boolean data) {
        var headers = request.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (data) {
            headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /// The framework makes our relative locations absolute by what it knows of host and scheme, which behind a proxy is
    /// not what the client knows. A path is right everywhere.
    private void relativeLocation(RoutingContext request) {
        request.addHeadersEndHandler(done -> {
            String location = request.response().headers().get(HttpHeaders.LOCATION);
            // A redirect says itself where it leads.
            if (location != null && request.response().getStatusCode() == 201) {
                request.response()
                        .headers()
                        .set(
                                HttpHeaders.LOCATION,
                                config.subPath() + URI.create(location).getRawPath());
            }
        });
        request.next();
    }

    // A body that does not say its length is limited where it is read, see BodyRules.
    private static void limitBody(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null
                && Input.whole("Content-Length", length, 0, Long.MAX_VALUE).orElseThrow() > BODY_LIMIT) {
            throw Problem.PAYLOAD_TOO_LARGE.because("The body is larger than 1 MiB");
        }
        request.next();
    }
}
