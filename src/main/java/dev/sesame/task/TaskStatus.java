package dev.sesame.task;

import java.util.Locale;
import java.util.Optional;

/// The four states of the API reference; there is no other.
enum TaskStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    String wire() {
        return wire;
    }

    boolean terminal() {
        return this == COMPLETED || this == FAILED;
    }

    static Optional<TaskStatus> parse(String wire) {
        for (TaskStatus status : values()) {
            if (status.wire().equals(wire)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /// Of a stored row.
    static TaskStatus of(String stored) {
        return parse(stored).orElseThrow(() -> new IllegalStateException("Unknown task status " + stored));
    }
}
