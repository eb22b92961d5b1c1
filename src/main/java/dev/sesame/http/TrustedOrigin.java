package dev.sesame.http;

import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses writes that another site makes a browser send. A browser names the page's origin with every write; it must
/// be `BASE_URL`'s, or the request's own host if that host is one we trust: a page that points its own name at our
/// address (DNS rebinding) has an origin that equals the host, and must still be refused. A write with a cookie and
/// no origin is refused too; programs send keys, not cookies.
final class TrustedOrigin implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final URI baseUrl;
    private final Settings settings;

    TrustedOrigin(ServerConfig config, Settings settings) {
        this.baseUrl = config.baseUrl();
        this.settings = settings;
    }

    @Override
    public void handle(RoutingContext request) {
        if (!READS.contains(request.request().method())) {
            // HTTP/2 has no Host header, but an authority.
            HostAndPort authority = request.request().authority();
            check(
                    request.request().getHeader(HttpHeaders.ORIGIN),
                    authority == null ? null : authority.toString(),
                    request.request().headers().contains(HttpHeaders.COOKIE));
        }
        request.next();
    }

    void check(@Nullable String origin, @Nullable String host, boolean cookie) {
        if (origin == null) {
            if (cookie) {
                throw refused("MISSING_OR_NULL_ORIGIN", "A write with a cookie needs the header Origin");
            }
        } else if (!trusted(origin, host)) {
            throw refused(
                    "INVALID_ORIGIN",
                    "Writes from this origin are not trusted; open Sesame under its BASE_URL, "
                            + "or list the host in server.trustedHosts");
        }
    }

    private boolean trusted(String origin, @Nullable String host) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        String name = uri.getHost();
        if (name == null || uri.getScheme() == null) {
            return false;
        }
        if (uri.getScheme().equals(baseUrl.getScheme())
                && name.equalsIgnoreCase(baseUrl.getHost())
                && port(uri) == port(baseUrl)) {
            return true;
        }
        return host != null && host.equalsIgnoreCase(uri.getRawAuthority()) && trustedName(name);
    }

    private boolean trustedName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equalsIgnoreCase(baseUrl.getHost())
                || settings.get(SettingKeys.SERVER_TRUSTED_HOSTS).stream().anyMatch(name::equalsIgnoreCase);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static ProblemException refused(String code, String detail) {
        return new ProblemException(Problem.FORBIDDEN, detail, Map.of("code", code), Map.of());
    }
}
