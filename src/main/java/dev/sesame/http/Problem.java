package dev.sesame.http;

import java.util.Locale;
import java.util.Map;

/// The kinds of error that leave the server, as RFC 9457 (7807) problem details: URN, title and status in one
/// table. `throw Problem.NOT_FOUND.because("Task not found")` is how an expected refusal is said.
public enum Problem {
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    NOT_ACCEPTABLE(406, "Not Acceptable"),
    CONFLICT(409, "Conflict"),
    PAYLOAD_TOO_LARGE(413, "Payload Too Large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    UNPROCESSABLE_ENTITY(422, "Unprocessable Entity"),
    TOO_MANY_REQUESTS(429, "Too Many Requests"),
    INTERNAL_ERROR(500, "Internal Error"),
    BAD_GATEWAY(502, "Bad Gateway"),
    SERVICE_UNAVAILABLE(503, "Service Unavailable");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Stable and machine-readable, for instance `urn:sesame:error:not-found`.
    public String urn() {
        return "urn:sesame:error:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @param detail for a person: what happened, to what (the field's name for bad input), what to do
    public ProblemException because(String detail) {
        return new ProblemException(this, detail, Map.of(), Map.of());
    }
}
