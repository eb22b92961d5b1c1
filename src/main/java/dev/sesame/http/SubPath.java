package dev.sesame.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/// Takes `BASE_URL`'s path off the request, so that nothing behind it knows of it. A proxy may take it off already.
final class SubPath implements Handler<RoutingContext> {
    private static final String DONE = SubPath.class.getName();

    private final String subPath;

    SubPath(String subPath) {
        this.subPath = subPath;
    }

    @Override
    public void handle(RoutingContext request) {
        String uri = request.request().uri();
        if (subPath.isEmpty() || request.get(DONE) != null || !below(uri)) {
            request.next();
            return;
        }
        request.put(DONE, true);
        String rest = uri.substring(subPath.length());
        request.reroute(rest.startsWith("/") ? rest : "/" + rest);
    }

    private boolean below(String uri) {
        return uri.startsWith(subPath)
                && (uri.length() == subPath.length() || "/?".indexOf(uri.charAt(subPath.length())) >= 0);
    }
}
