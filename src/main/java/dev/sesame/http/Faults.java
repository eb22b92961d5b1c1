package dev.sesame.http;

import com.fasterxml.jackson.core.JacksonException;
import dev.sesame.db.DatabaseUnavailable;
import io.vertx.ext.web.handler.HttpException;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns whatever went wrong into the problem that the client is told. Both ways out of the server, the Vert.x
/// failure handler and the JAX-RS exception mapper, come through here.
final class Faults {
    private static final Logger LOG = System.getLogger(Faults.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    private Faults() {}

    /// @param request for the log, like `GET /api/tasks`
    static ProblemException problem(Throwable fault, String request) {
        return switch (fault) {
            case ProblemException problem -> problem;
            case JacksonException json -> problem(json, request);
            case DatabaseUnavailable unavailable -> unavailable(unavailable, request);
            case HttpException http -> problem(http.getStatusCode(), http.getPayload(), http, request);
            case WebApplicationException web -> problem(web, request);
            default -> unexpected(fault, request);
        };
    }

    /// @param detail null for the usual sentence
    static ProblemException problem(int status, @Nullable String detail, @Nullable Throwable cause, String request) {
        for (Problem problem : Problem.values()) {
            if (problem.status() == status && status != Problem.INTERNAL_ERROR.status()) {
                return problem.because(detail == null ? sentence(problem) : detail);
            }
        }
        // Any other status below 500 is the client's fault in a way that we have no name for.
        if (status >= 400 && status < 500) {
            return Problem.BAD_REQUEST.because(sentence(Problem.BAD_REQUEST));
        }
        return unexpected(cause == null ? new IllegalStateException("answered with status " + status) : cause, request);
    }

    private static ProblemException problem(JacksonException fault, String request) {
        // A constructor that checked its arguments says it better than Jackson does.
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        if (fault.getProcessor() instanceof com.fasterxml.jackson.core.JsonGenerator) {
            return unexpected(fault, request);
        }
        return Problem.BAD_REQUEST.because(JsonFault.sentence(fault));
    }

    private static ProblemException problem(WebApplicationException fault, String request) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException || cause instanceof JacksonException) {
                return problem(cause, request);
            }
        }
        int status = fault.getResponse().getStatus();
        ProblemException problem = problem(status, null, fault, request);
        String allow = fault.getResponse().getHeaderString("Allow");
        return allow == null
                ? problem
                : new ProblemException(problem.problem(), problem.detail(), Map.of(), Map.of("Allow", allow));
    }

    private static ProblemException unavailable(DatabaseUnavailable fault, String request) {
        LOG.log(Level.WARNING, request + " could not be answered: " + fault.getMessage());
        return new ProblemException(
                Problem.SERVICE_UNAVAILABLE,
                "The database cannot be used at the moment, try again later",
                Map.of(),
                Map.of("Retry-After", "5"));
    }

    private static ProblemException unexpected(Throwable fault, String request) {
        String id = "err_" + HexFormat.of().toHexDigits(RANDOM.nextLong());
        LOG.log(Level.ERROR, request + " failed, " + id, fault);
        return new ProblemException(
                Problem.INTERNAL_ERROR,
                "Something went wrong in the server; its log tells more under " + id,
                Map.of("id", id),
                Map.of());
    }

    private static String sentence(Problem problem) {
        return switch (problem) {
            case BAD_REQUEST -> "The request cannot be understood";
            case NOT_FOUND -> "There is nothing here";
            case METHOD_NOT_ALLOWED -> "This method is not allowed here";
            case NOT_ACCEPTABLE -> "None of the content types of Accept can be given here";
            case PAYLOAD_TOO_LARGE -> "The body is larger than 1 MiB";
            case UNSUPPORTED_MEDIA_TYPE -> "The body must be sent as Content-Type: application/json";
            case UNAUTHORIZED,
                    FORBIDDEN,
                    CONFLICT,
                    UNPROCESSABLE_ENTITY,
                    TOO_MANY_REQUESTS,
                    INTERNAL_ERROR,
                    BAD_GATEWAY,
                    SERVICE_UNAVAILABLE -> problem.title();
        };
    }
}
