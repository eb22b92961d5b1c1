package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;

/// Prints a task's events, as lines for a person or as they came. Used by one thread.
final class Follower {
    private final ApiCommand command;
    private final Connection connection;
    private final String task;
    private final EventScreen screen;

    Follower(ApiCommand command, Connection connection, String task) {
        this.command = command;
        this.connection = connection;
        this.task = task;
        screen = new EventScreen(command.out());
    }

    /// The seq of the last event that the task has, -1 if it has none.
    static long newest(Connection connection, String task) throws ClientException, InterruptedException {
        JsonNode page = connection.get("/api/tasks/" + task + "/events?limit=1");
        return page.path("nextSeq").asLong() - 1;
    }

    /// Prints what comes after an event until the task is over; returns the exit status that its end gives. Interrupted
    /// meanwhile, it says how to come back.
    int toEnd(long after) throws ClientException, InterruptedException {
        try (Farewell _ = Farewell.saying(() -> note(task + " goes on. Come back with: sesame task logs -f " + task))) {
            return status(after);
        }
    }

    /// As [#toEnd], for who cares for its own farewell.
    int status(long after) throws ClientException, InterruptedException {
        EventReader events = new EventReader(connection, task, after, this::note);
        while (true) {
            events.read(this::show);
            JsonNode end = connection.get("/api/tasks/" + task);
            String status = end.path("status").asText("");
            // It may have been retried or have got a follow-up just now.
            if (status.equals("completed") || status.equals("failed")) {
                tell(end);
                return status.equals("completed") ? ApiCommand.GOOD : ApiCommand.FAILED;
            }
        }
    }

    /// Prints the events after one, up to another that is there already.
    void between(long after, long last) throws ClientException, InterruptedException {
        if (after < last) {
            new EventReader(connection, task, after, this::note).read(event -> show(event) && event.seq() < last);
        }
        screen.endLine();
        command.requirePrinted();
    }

    private boolean show(TaskEvent event) throws ClientException {
        if (command.json) {
            command.out().println(Printable.json(event.json()));
        } else {
            screen.event(event.body());
            String request =
                    event.body().path("permissionRequest").path("requestId").asText("");
            if (!request.isEmpty()) {
                screen.note("sesame task approve " + task + " " + request + "    or with --deny, or --always");
            }
        }
        command.requirePrinted();
        return true;
    }

    private void note(String text) {
        screen.endLine();
        command.note(text);
    }

    private void tell(JsonNode end) throws ClientException {
        if (command.json) {
            command.print(end);
            return;
        }
        String commit = end.path("commit").asText("");
        if (!commit.isEmpty()) {
            screen.fact("branch", end.path("branch").asText("") + ", commit " + commit);
        }
        String pullRequest = end.path("pullRequestUrl").asText("");
        if (!pullRequest.isEmpty()) {
            screen.fact("pull request", pullRequest);
        }
        JsonNode error = end.path("error");
        if (!error.isMissingNode()) {
            screen.fact(
                    "why",
                    error.path("message").asText("") + " (" + error.path("code").asText("") + ")");
        }
        command.requirePrinted();
    }
}
