package dev.sesame.client;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sesame task`: everything about tasks, from a script or by hand.
@Command(
        name = "task",
        description = "Run tasks on a server, follow them and answer them.",
        subcommands = {
            RunTask.class,
            ListTasks.class,
            ShowTask.class,
            TaskLogs.class,
            ApproveTask.class,
            MessageTask.class,
            CancelTask.class,
            RetryTask.class,
            TaskDiff.class,
            DeleteTask.class
        },
        footer = {
            "",
            "SESAME_URL and SESAME_API_KEY say which server and who asks; without them, what",
            "sesame login kept. Exit status: 0 it is done, or the task completed; 1 the task",
            "failed; 2 the command line is wrong; 3 the server is not there, or refuses."
        },
        mixinStandardHelpOptions = true)
public final class TaskCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /// Only `task` was said.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which one of the task commands?");
    }
}
