package dev.sesame.task;

import java.util.Locale;

/// What a processing task is busy with, and how far that usually is. Programs are installed for the setup or,
/// later, for the agent: the way does not lead back.
enum Phase {
    PREPARING(0),
    CLONING(5),
    INSTALLING(20),
    RUNNING(20),
    AWAITING_PERMISSION(20),
    AWAITING_QUOTA(20),
    PUSHING(90);

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final int progress;

    Phase(int progress) {
        this.progress = progress;
    }

    int progress() {
        return progress;
    }

    String wire() {
        return wire;
    }

    static Phase of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
