package dev.sesame.event;

/// Someone else may append to this log now: the task was claimed again since this writer got its epoch. Nothing was
/// stored; the writer must stop.
public final class LostOwnership extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostOwnership(String taskId) {
        super("The log of task " + taskId + " belongs to another writer now");
    }
}
