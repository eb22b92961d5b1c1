package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sesame task retry`: a failed task, once more.
@Command(name = "retry", description = "Run a failed task once more.", mixinStandardHelpOptions = true)
final class RetryTask extends ApiCommand {

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String task;

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the task to its end; exit status 1 if it fails.")
    private boolean follow;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        String path = path(task);
        long seen = follow ? Follower.newest(connection, task) : -1;
        JsonNode answer = connection.post(path + "/retry");
        if (json) {
            print(answer);
        } else {
            say(task + " waits for its turn.");
        }
        return follow ? new Follower(this, connection, task).toEnd(seen) : GOOD;
    }
}
