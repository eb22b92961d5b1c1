package dev.sesame.db;

import org.jspecify.annotations.Nullable;

/// The database could not be read or written now: locked by another process, disk full, connection lost. Nothing of
/// the failed write was stored, unless the message says that this isn't known. The message says which and what to
/// do; the HTTP layer answers 503.
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
