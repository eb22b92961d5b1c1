package dev.sesame.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Where a reader of a stream wants to go on. The header comes from a reconnecting browser, which repeats the first
/// address with its parameter, so the header is the newer one.
public final class LastEventId {

    private LastEventId() {}

    public static Optional<Long> of(RoutingContext request) {
        String header = request.request().getHeader("Last-Event-ID");
        return header != null
                ? Input.whole("Last-Event-ID", header, 0, Long.MAX_VALUE)
                : Input.whole("lastEventId", request.queryParams().get("lastEventId"), 0, Long.MAX_VALUE);
    }
}
