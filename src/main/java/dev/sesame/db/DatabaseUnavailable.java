package dev.sesame.db;

/// The database could not be read or written now: locked by another process, disk full, connection lost. Nothing of
/// the failed write was stored. The message says which and what to do; the HTTP layer answers 503.
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
