package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sesame task cancel`: ends a task; what it did is kept.
@Command(name = "cancel", description = "End a task. What it did is kept.", mixinStandardHelpOptions = true)
final class CancelTask extends ApiCommand {

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String task;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        JsonNode answer = connection.post(path(task) + "/cancel");
        if (json) {
            print(answer);
        } else {
            say(task + " is cancelled.");
        }
        return GOOD;
    }
}
