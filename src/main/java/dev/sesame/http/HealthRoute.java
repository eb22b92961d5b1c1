package dev.sesame.http;

import dev.sesame.db.Database;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;

/// `GET /api/health`, answered on the event loop from what is known: a busy or dead database cannot make it slow.
@Singleton
final class HealthRoute {
    private final Database database;
    private final Clock clock;

    HealthRoute(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void route(@Observes Router router) {
        Routes.get(router, "/api/health", this::answer);
    }

    private void answer(RoutingContext request) {
        boolean healthy = database.healthy();
        request.response()
                .setStatusCode(healthy ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"status\":\"" + (healthy ? "healthy" : "unhealthy") + "\",\"timestamp\":\""
                        + InstantText.of(clock.instant()) + "\"}");
    }
}
