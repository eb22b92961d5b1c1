package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sesame task retry`: a failed task, once more.
@Command(name = "retry", description = "Run a failed task once more.", mixinStandardHelpOptions = true)
final class RetryTask extends OneTask {

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the task to its end; exit status 1 if it fails.")
    private boolean follow;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        String path = path();
        long seen = follow ? Follower.newest(connection, task) : -1;
        JsonNode answer = connection.post(path + "/retry");
        answer(answer, task + " waits for its turn.");
        return follow ? new Follower(this, connection, task).toEnd(seen) : GOOD;
    }
}
