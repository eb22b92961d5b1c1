package dev.sesame.client;

import java.io.Serial;
import java.time.Duration;

/// What kept a command from what it was asked for. The message is whole sentences for a person: what happened, to what,
/// and what to do.
public final class ClientException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Again again;
    private final Duration retryAfter;

    /// Whether the same request may succeed later.
    enum Again {
        /// It won't.
        NEVER,
        /// It may, but perhaps the server had it and only the answer is missing.
        IF_HARMLESS,
        /// It may, and the server did nothing of it yet.
        ALWAYS
    }

    private ClientException(String message, Again again, Duration retryAfter) {
        super(message);
        this.again = again;
        this.retryAfter = retryAfter;
    }

    static ClientException of(String message) {
        return new ClientException(message, Again.NEVER, Duration.ZERO);
    }

    /// @param retryAfter what the server asked to wait, zero if it said nothing of it
    static ClientException of(String message, Again again, Duration retryAfter) {
        return new ClientException(message, again, retryAfter);
    }

    Again again() {
        return again;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
