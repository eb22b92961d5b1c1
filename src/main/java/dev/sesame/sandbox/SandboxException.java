package dev.sesame.sandbox;

/// The host refused to run something in a sandbox. The message is for the user: what was tried, what the host said,
/// and what to do.
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
