package dev.sesame.auth;

import dev.sesame.setting.ServerConfig;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where clients may be sent next: pages of ours and nowhere else.
@Singleton
final class OwnAddress {
    private final ServerConfig config;

    OwnAddress(ServerConfig config) {
        this.config = config;
    }

    /// Whether the address, absolute or a path, stays on our site.
    boolean leads(String url) {
        return url.startsWith(config.baseUrl() + "/") || url.matches("/([^/\\\\\\p{Cntrl}][^\\p{Cntrl}]*)?");
    }

    /// The page that a client asks to be sent to, if it is ours; else it is refused.
    ///
    /// @param otherwise where it asks for none
    String checked(@Nullable String url, String otherwise) {
        if (url != null && !leads(url)) {
            throw AuthError.INVALID_CALLBACKURL.refusal();
        }
        return url == null ? otherwise : url;
    }

    /// The absolute address of a path of ours.
    String of(String path) {
        return config.baseUrl() + path;
    }

    /// Sends the browser to a page that was [#checked].
    Response redirect(String page) {
        return Response.status(Response.Status.FOUND)
                .header(HttpHeaders.LOCATION, page.startsWith("/") ? of(page) : page)
                .build();
    }

    /// As [#redirect(String)], with a query parameter more.
    Response redirect(String page, String name, String value) {
        String separator = page.indexOf('?') < 0 ? "?" : "&";
        return redirect(page + separator + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
