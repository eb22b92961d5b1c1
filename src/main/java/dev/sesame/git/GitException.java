package dev.sesame.git;

/// Git could not do what was asked, for a reason that the user can act on. The message says what happened, to
/// which repository or branch, and what to do; it has no credential and no path of the server.
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public GitException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Closed set; [#code()] is the task's `error.code`.
    public enum Reason {
        CREDENTIAL_REJECTED("git_credential_rejected"),
        REPOSITORY_NOT_FOUND("repository_not_found"),
        BRANCH_NOT_FOUND("branch_not_found"),
        EMPTY_REPOSITORY("empty_repository"),
        HOST_UNREACHABLE("git_host_unreachable"),
        PUSH_REJECTED("push_rejected"),
        BRANCH_MOVED("branch_moved"),
        SECRET_IN_DIFF("secret_in_diff"),
        BUNDLE_TOO_LARGE("result_too_large"),
        BUNDLE_INVALID("result_invalid"),
        GIT_FAILED("git_failed");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
