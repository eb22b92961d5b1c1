package dev.sesame.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sesame task diff`: the work so far, as `git apply` takes it.
@Command(name = "diff", description = "Print a task's work as a unified diff.", mixinStandardHelpOptions = true)
final class TaskDiff extends ApiCommand {

    @Parameters(paramLabel = "TASK", description = "The task's id.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String task;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        String diff = connection.text(path(task) + "/diff");
        if (json) {
            print(Connection.JSON.createObjectNode().put("diff", diff));
        } else {
            // Exactly as it is for who applies it; a terminal must not obey it.
            out().print(EventScreen.terminal() == null ? diff : Printable.of(diff));
            out().flush();
        }
        return GOOD;
    }
}
