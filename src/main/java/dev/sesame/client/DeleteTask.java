package dev.sesame.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sesame task delete`: a task that is over, its events and files. Its pushed branch stays.
@Command(
        name = "delete",
        description = "Delete a task that is over. Its pushed branch stays.",
        mixinStandardHelpOptions = true)
final class DeleteTask extends ApiCommand {

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String task;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        connection.delete(path(task));
        if (!json) {
            say(task + " is deleted.");
        }
        return GOOD;
    }
}
