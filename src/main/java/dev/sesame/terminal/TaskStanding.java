package dev.sesame.terminal;

/// What a terminal must know of its task, from whoever has the tasks.
@FunctionalInterface
public interface TaskStanding {

    /// Whether the task may still do something without a new request. A task that is not the user's throws 404.
    boolean open(String userId, String taskId);
}
