package dev.sesame.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/// Registers endpoints that are no JAX-RS resources: those on an event loop.
public final class Routes {

    private Routes() {}

    /// Answers GET (and HEAD) there, and every other method with 405. Call it while observing the router's start.
    ///
    /// @param path of Vert.x, like `/api/tasks/:id/stream`
    public static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(request -> {
            throw new ProblemException(
                    Problem.METHOD_NOT_ALLOWED, "Only GET is allowed here", Map.of(), Map.of("Allow", "GET, HEAD"));
        });
    }
}
