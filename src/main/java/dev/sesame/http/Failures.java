package dev.sesame.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/// The Vert.x way out for everything that fails outside JAX-RS: our own routes, unrouted paths, bad encodings.
final class Failures {

    private Failures() {}

    static void install(Router router, int order) {
        router.route().order(order).failureHandler(Failures::answer);
        // What fails before a route matches, an undecodable path for one, asks these.
        for (Problem problem : Problem.values()) {
            router.errorHandler(problem.status(), Failures::answer);
        }
    }

    private static void answer(RoutingContext request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Half an answer is out: only breaking the connection says that it will not be whole.
            request.request().connection().close();
            return;
        }
        write(request, fault(request));
    }

    private static ProblemException fault(RoutingContext request) {
        String line = request.request().method() + " " + request.request().path();
        Throwable failure = request.failure();
        if (failure != null && (request.statusCode() < 0 || request.statusCode() == 500)) {
            return Faults.problem(failure, line);
        }
        return Faults.problem(request.statusCode(), null, failure, line);
    }

    static void write(RoutingContext request, ProblemException fault) {
        HttpServerResponse response = request.response();
        response.setStatusCode(fault.problem().status());
        fault.headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        response.end(Buffer.buffer(
                ProblemDocument.of(fault, String.valueOf(request.request().path()))));
        if (!request.request().isEnded()) {
            // Let the rest of the body run out, a client that is still sending would not read the answer.
            request.request().resume();
        }
    }
}
