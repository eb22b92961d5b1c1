package dev.sesame.http;

import dev.sesame.setting.ServerConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/// The web UI: its files as they were built, and the page itself for every address that a browser opens. The files'
/// names hold a hash of what is in them, so they may be kept forever; the page is asked for each time.
@Singleton
final class Pages {
    // After the Edge's rules, before every endpoint; those of the API are not looked at.
    private static final int ORDER = -900;

    private static final Pattern API = Pattern.compile("/(api|metrics|q)(/.*)?");
    private static final Pattern HASHED = Pattern.compile("/assets/.+");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                    + "https://www.gravatar.com; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
                    + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private final PageFiles files;

    Pages(ServerConfig config) {
        files = new PageFiles(config.subPath());
    }

    void route(@Observes Router router) {
        router.route()
                .order(ORDER)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::answer);
    }

    private void answer(RoutingContext request) {
        String path = request.normalizedPath();
        if (API.matcher(path).matches()) {
            request.next();
            return;
        }
        Optional<PageFiles.PageFile> file = path.equals("/") ? Optional.empty() : files.get(path);
        if (file.isPresent()) {
            String caching = HASHED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache";
            send(request, file.get(), caching);
        } else if (!HASHED.matcher(path).matches() && opensPage(request)) {
            files.index().ifPresentOrElse(index -> sendPage(request, index), request::next);
        } else {
            request.next();
        }
    }

    /// A browser's own navigation says that it takes HTML; programs and scripts do not.
    private static boolean opensPage(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    private static void sendPage(RoutingContext request, PageFiles.PageFile index) {
        request.response().putHeader("Content-Security-Policy", POLICY);
        send(request, index, "no-cache");
    }

    static void send(RoutingContext request, PageFiles.PageFile file, String caching) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, caching);
        response.putHeader(HttpHeaders.ETAG, file.etag());
        response.putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (file.etag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        PageFiles.Encoded body = file.encoded(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (!body.encoding().isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, body.encoding());
        }
        if (request.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(body.bytes().length()));
            response.end();
        } else {
            response.end(body.bytes());
        }
    }
}
