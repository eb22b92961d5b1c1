package dev.sesame.client;

import picocli.CommandLine.Command;

/// `sesame task delete`: a task that is over, its events and files. Its pushed branch stays.
@Command(
        name = "delete",
        description = "Delete a task that is over. Its pushed branch stays.",
        mixinStandardHelpOptions = true)
final class DeleteTask extends OneTask {

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        connection.delete(path());
        if (!json) {
            say(task + " is deleted.");
        }
        return GOOD;
    }
}
