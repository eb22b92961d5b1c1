package dev.sesame.auth;

import dev.sesame.http.Problem;
import dev.sesame.http.ProblemException;
import java.util.Map;

/// What `/api/auth` refuses, with the codes and texts that better-auth's client knows; the last four are our own.
enum AuthError {
    INVALID_EMAIL(Problem.BAD_REQUEST, "Invalid email"),
    PASSWORD_TOO_SHORT(Problem.BAD_REQUEST, "Password too short"),
    PASSWORD_TOO_LONG(Problem.BAD_REQUEST, "Password too long"),
    INVALID_PASSWORD(Problem.BAD_REQUEST, "Invalid password"),
    USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL(Problem.UNPROCESSABLE_ENTITY, "User already exists. Use another email."),
    INVALID_EMAIL_OR_PASSWORD(Problem.UNAUTHORIZED, "Invalid email or password"),
    EMAIL_NOT_VERIFIED(Problem.FORBIDDEN, "Email not verified"),
    INVALID_CALLBACKURL(Problem.FORBIDDEN, "Invalid callbackURL"),
    INVALID_TOKEN(Problem.BAD_REQUEST, "Invalid token"),
    RESET_PASSWORD_DISABLED(Problem.BAD_REQUEST, "Reset password isn't enabled: no mail server is set"),
    VERIFICATION_EMAIL_NOT_ENABLED(Problem.BAD_REQUEST, "Verification email isn't enabled: no mail server is set"),
    EMAIL_CAN_NOT_BE_UPDATED(Problem.BAD_REQUEST, "Email can not be updated"),
    PROVIDER_CONFIG_NOT_FOUND(Problem.BAD_REQUEST, "No such sign-in provider is set up"),
    KEY_NOT_FOUND(Problem.NOT_FOUND, "API Key not found"),
    NO_VALUES_TO_UPDATE(Problem.BAD_REQUEST, "No values to update."),
    REGISTRATION_CLOSED(Problem.FORBIDDEN, "Sign-up is closed; ask an admin for an account"),
    SETUP_TOKEN_REQUIRED(
            Problem.FORBIDDEN, "The first account needs, as setupToken, the setup token that the server printed"),
    KEY_NOT_ALLOWED(Problem.FORBIDDEN, "An API key cannot do this; sign in"),
    PERMISSION_NOT_HELD(Problem.FORBIDDEN, "A key cannot be allowed more than its owner is");

    private final Problem problem;
    private final String message;

    AuthError(Problem problem, String message) {
        this.problem = problem;
        this.message = message;
    }

    ProblemException refusal() {
        return new ProblemException(problem, message, Map.of("code", name()), Map.of());
    }
}
