package dev.sesame.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.http.PageFiles.PageFile;
import dev.sesame.setting.ServerConfig;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// `GET /api/openapi.json`, and `/api/docs`, which shows it to people. The document is put together when somebody asks
/// for it first, off the event loop, and kept: most servers are never asked, and none starts later for it.
@Singleton
final class ApiRoute {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> PAGE_TYPES = Map.of(
            "page.html", "text/html; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "page.css", "text/css; charset=utf-8");

    private final String subPath;
    private final Map<String, PageFile> kept = new ConcurrentHashMap<>();

    ApiRoute(ServerConfig config) {
        this.subPath = config.subPath();
    }

    void route(@Observes Router router) {
        Routes.get(router, "/api/openapi.json", request -> send(request, "openapi.json", "application/json"));
        Routes.get(router, "/api/docs", request -> sendPage(request, "page.html"));
        Routes.get(router, "/api/docs/:file", request -> sendPage(request, String.valueOf(request.pathParam("file"))));
    }

    private void sendPage(RoutingContext request, String name) {
        String type = PAGE_TYPES.get(name);
        // Below another address the page would not find its files.
        if (type == null || request.normalizedPath().endsWith("/")) {
            throw Problem.NOT_FOUND.because("There is nothing here");
        }
        request.response().putHeader("Content-Security-Policy", POLICY);
        send(request, name, type);
    }

    private void send(RoutingContext request, String name, String type) {
        request.vertx()
                .executeBlocking(() -> kept.computeIfAbsent(name, it -> PageFile.plain(type, content(it))), false)
                .onSuccess(file -> Pages.send(request, file, "no-cache"))
                .onFailure(request::fail);
    }

    private byte[] content(String name) {
        return name.equals("openapi.json") ? document() : file("/openapi/" + name);
    }

    private byte[] document() {
        ObjectNode document = ApiDocument.read();
        String server = subPath.isEmpty() ? "/" : subPath;
        document.putArray("servers")
                .addObject()
                .put("url", server)
                .put("description", "The server that this came from");
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] file(String path) {
        try (InputStream file = ApiRoute.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(file, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
