package dev.sesame.http;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The JAX-RS way out for everything that is thrown.
final class ProblemMapper {

    // MismatchedInputException is named since the framework has a mapper of its own for it, which would win.
    @ServerExceptionMapper({Throwable.class, MismatchedInputException.class})
    Response problem(Throwable fault, RoutingContext request) {
        String path = String.valueOf(request.request().path());
        ProblemException problem = Faults.problem(fault, request.request().method() + " " + path);
        Response.ResponseBuilder answer = Response.status(problem.problem().status())
                .type(ProblemDocument.CONTENT_TYPE)
                .entity(ProblemDocument.of(problem, path));
        problem.headers().forEach(answer::header);
        if (fault instanceof NotAllowedException) {
            answer.header("Allow", AllowedMethods.current());
        }
        return answer.build();
    }
}
