package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.client.ClientException.Again;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sesame task message`: a follow-up.
@Command(
        name = "message",
        description = "Say something more to the agent; a task that is over goes on with it.",
        mixinStandardHelpOptions = true)
final class MessageTask extends OneTask {

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROMPT",
            description = "What to say; - reads it from standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private List<String> words;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the task to its end; exit status 1 if it fails.")
    private boolean follow;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        String path = path();
        long seen = follow ? Follower.newest(connection, task) : -1;
        JsonNode answer = send(connection, path, Prompt.of(words));
        answer(answer, "The agent will get it.");
        return follow ? new Follower(this, connection, task).toEnd(seen) : GOOD;
    }

    private JsonNode send(Connection connection, String path, String prompt)
            throws ClientException, InterruptedException {
        try {
            return connection.post(path + "/messages", Map.of("prompt", prompt));
        } catch (ClientException e) {
            if (e.again() == Again.IF_HARMLESS) {
                throw ClientException.of(e.getMessage() + " Whether the agent gets the message is not known; before you"
                        + " say it again, look with: sesame task show " + task);
            }
            throw e;
        }
    }
}
