package dev.sesame.setting;

/// The server cannot start as configured. The message is one sentence for the person who configured it: it names
/// the variable or key and says what is expected there.
public final class BadConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadConfigurationException(String message) {
        super(message, null, false, false);
    }
}
