package dev.sesame.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sesame task logs`: a task's events, so far or to its end.
@Command(
        name = "logs",
        description = "Print a task's events.",
        footer = {
            "",
            "With -f: exit status 0 if the task completed, 1 if it failed.",
            "With --json: each event as the stream has it; with -f, at last the task as it is."
        },
        mixinStandardHelpOptions = true)
final class TaskLogs extends OneTask {

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes, to the task's end.")
    private boolean follow;

    @Option(names = "--after", paramLabel = "SEQ", defaultValue = "-1", description = "Only events after this one.")
    private long after;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        path();
        if (after < -1) {
            throw wrong("--after: expected the seq of an event, which is 0 or more");
        }
        Follower follower = new Follower(this, connection, task);
        if (follow) {
            return follower.toEnd(after);
        }
        follower.between(after, Follower.newest(connection, task));
        return GOOD;
    }
}
