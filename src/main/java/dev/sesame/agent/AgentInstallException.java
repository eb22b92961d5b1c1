package dev.sesame.agent;

/// An agent's program could not be made ready. The message is for the user: what was tried, what was said, what to do.
public final class AgentInstallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AgentInstallException(String message) {
        super(message);
    }

    public AgentInstallException(String message, Throwable cause) {
        super(message, cause);
    }
}
