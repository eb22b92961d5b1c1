package dev.sesame.agent.wire;

import dev.sesame.agent.AgentOutput.Verdict;

/// What it means that the model's API refused: one place for the codes that clients see. `credential_rejected` says
/// where to renew it; `retryable` where the same request may succeed later.
///
/// @param renewal what to do about a rejected credential, a sentence for the user
public record Refusals(String renewal) {

    /// @param status of HTTP
    public Verdict.Failed byStatus(int status, String message) {
        return switch (status) {
            case 401, 403 -> credential(message);
            case 402 -> new Verdict.Failed("billing_refused", message, false);
            case 413 -> tooLong(message);
            case 429 -> rateLimited(message);
            default -> status >= 500 ? unavailable(message) : refused(message);
        };
    }

    public Verdict.Failed credential(String message) {
        return new Verdict.Failed("credential_rejected", message + ". " + renewal, false);
    }

    public static Verdict.Failed rateLimited(String message) {
        return new Verdict.Failed("rate_limited", message, true);
    }

    public static Verdict.Failed quota(String message) {
        return new Verdict.Failed("quota_exhausted", message, true);
    }

    public static Verdict.Failed tooLong(String message) {
        return new Verdict.Failed("context_exceeded", message, false);
    }

    public static Verdict.Failed unavailable(String message) {
        return new Verdict.Failed("model_unavailable", message, true);
    }

    public static Verdict.Failed refused(String message) {
        return new Verdict.Failed("model_refused", message, false);
    }
}
