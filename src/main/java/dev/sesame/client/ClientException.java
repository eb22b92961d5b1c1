package dev.sesame.client;

import java.io.Serial;
import java.time.Duration;

/// A request that did not get what it asked for. The message is whole sentences for a person: what happened, to what,
/// and what to do.
public final class ClientException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    /// @param status of HTTP, or 0 where there was no answer
    /// @param retryAfter what the server asked to wait, zero if it said nothing of it
    private ClientException(String message, int status, Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /// Something that is not for a server to say, for instance that nobody is signed in.
    static ClientException of(String message) {
        return new ClientException(message, -1, Duration.ZERO);
    }

    static ClientException refused(String message, int status, Duration retryAfter) {
        return new ClientException(message, status, retryAfter);
    }

    static ClientException noAnswer(String message) {
        return new ClientException(message, 0, Duration.ZERO);
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /// Whether the same request may well succeed later: a server that restarts, a proxy before it that finds nobody,
    /// a limit.
    boolean passing() {
        return status == 0 || status == 429 || status == 502 || status == 503 || status == 504;
    }
}
