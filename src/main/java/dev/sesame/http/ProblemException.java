package dev.sesame.http;

import java.util.Map;

/// An expected refusal on its way to the client. Carries no stack trace: it is an answer, not a fault.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, Object> members;
    private final transient Map<String, String> headers;

    /// @param members further members of the problem document, beside the standard four
    /// @param headers of the answer, for instance `Retry-After`
    public ProblemException(Problem problem, String detail, Map<String, Object> members, Map<String, String> headers) {
        super(detail, null, false, false);
        this.problem = problem;
        this.members = members;
        this.headers = headers;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return members;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
