package dev.sesame.audit;

import java.util.Arrays;
import java.util.Optional;

/// What is recorded. The comment says what the entry's target is.
public enum AuditAction {
    /// a user's id
    USER_SIGN_UP("user.sign-up"),
    USER_SIGN_IN("user.sign-in"),
    /// a user's id, or the address that was tried if it is nobody's
    USER_SIGN_IN_FAILED("user.sign-in-failed"),
    USER_SIGN_OUT("user.sign-out"),
    USER_PASSWORD("user.password"),
    USER_PASSWORD_RESET("user.password-reset"),
    USER_EMAIL_VERIFIED("user.email-verified"),
    USER_LINKED("user.linked"),
    USER_UPDATE("user.update"),
    USER_ROLE("user.role"),
    USER_DELETE("user.delete"),

    /// a session's id, or the id of the user whose sessions they are
    SESSION_REVOKE("session.revoke"),

    /// an `sk_` key's id
    KEY_CREATE("key.create"),
    KEY_UPDATE("key.update"),
    KEY_DELETE("key.delete"),

    /// a setting's key
    SETTING_CHANGE("setting.change"),

    /// what the credential is for, like `provider/anthropic`
    CREDENTIAL_SET("credential.set"),
    CREDENTIAL_DELETE("credential.delete"),

    /// a task's id
    TASK_CREATE("task.create"),
    TASK_CANCEL("task.cancel"),
    TASK_RETRY("task.retry"),
    TASK_DELETE("task.delete"),
    PERMISSION_DECIDE("permission.decide"),
    TERMINAL_OPEN("terminal.open");

    private final String wire;

    AuditAction(String wire) {
        this.wire = wire;
    }

    /// In the API and the database.
    public String wire() {
        return wire;
    }

    public static Optional<AuditAction> parse(String wire) {
        return Arrays.stream(values())
                .filter(action -> action.wire.equals(wire))
                .findAny();
    }
}
