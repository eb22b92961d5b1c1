package dev.sesame.event;

/// The task was claimed by somebody else since: nothing was stored, and nothing more may be appended under this
/// epoch.
public final class LostOwnership extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostOwnership(String taskId, long epoch) {
        super("Epoch " + epoch + " of " + taskId + " is over");
    }
}
