package dev.sesame.github;

import dev.sesame.http.Problem;
import dev.sesame.http.ProblemException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// GitHub did not do what it was asked. The message has GitHub's own words, and no token.
public final class GitHubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient @Nullable Duration retryAfter;

    GitHubException(Kind kind, String message) {
        this(kind, message, null);
    }

    GitHubException(Kind kind, String message, @Nullable Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /// What it means for our own caller.
    public enum Kind {
        /// The token is wrong, expired or revoked.
        BAD_TOKEN(Problem.UNPROCESSABLE_ENTITY),
        /// The token may not do this.
        FORBIDDEN(Problem.FORBIDDEN),
        /// GitHub wants to be asked later.
        RATE_LIMITED(Problem.FORBIDDEN),
        NOT_FOUND(Problem.NOT_FOUND),
        /// What was asked for can't be.
        REFUSED(Problem.UNPROCESSABLE_ENTITY),
        /// GitHub is not there, or not well.
        UNAVAILABLE(Problem.BAD_GATEWAY);

        private final Problem problem;

        Kind(Problem problem) {
            this.problem = problem;
        }
    }

    public Kind kind() {
        return kind;
    }

    /// As our API answers it.
    ProblemException problem() {
        Map<String, String> headers = retryAfter == null
                ? Map.of()
                : Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        return new ProblemException(kind.problem, String.valueOf(getMessage()), Map.of(), headers);
    }
}
