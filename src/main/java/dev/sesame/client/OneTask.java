package dev.sesame.client;

import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/// A command about a task that is there.
abstract class OneTask extends ApiCommand {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Parameters(index = "0", paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    String task;

    /// The task's path in the API.
    String path() {
        if (!ID.matcher(task).matches()) {
            throw wrong("Not the id of a task: " + task + ". Expected one like task_k3f9x2m8q1zz; sesame task list has"
                    + " yours.");
        }
        return "/api/tasks/" + task;
    }
}
