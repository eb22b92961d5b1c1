package dev.sesame.task;

import dev.sesame.task.Task.Refusal;
import org.jspecify.annotations.Nullable;

/// How an attempt ends.
sealed interface Outcome {

    /// The error code of a cancelled task.
    String CANCELLED = "cancelled";

    /// @param remark for the log, in place of the usual one; null for that
    record Completed(@Nullable String remark) implements Outcome {}

    record Failed(Refusal error) implements Outcome {}

    static Outcome failed(String code, String message) {
        return new Failed(new Refusal(code, message));
    }

    /// One that may pass by itself.
    static Outcome failedForNow(String code, String message) {
        return new Failed(new Refusal(code, message, true));
    }

    static Outcome cancelled() {
        return new Failed(cancellation());
    }

    static Refusal cancellation() {
        return new Refusal(CANCELLED, "Cancelled by the user");
    }
}
