package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/// `sesame task cancel`: ends a task; what it did is kept.
@Command(name = "cancel", description = "End a task. What it did is kept.", mixinStandardHelpOptions = true)
final class CancelTask extends OneTask {

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        JsonNode answer = connection.post(path() + "/cancel");
        answer(answer, task + " is cancelled.");
        return GOOD;
    }
}
