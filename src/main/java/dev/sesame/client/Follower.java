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

    /// Prints what comes after an event until the task is over; returns the exit status that its end gives.
    ///
    /// @param cancel whether to cancel the task if this process is told to end meanwhile
    int toEnd(long after, boolean cancel) throws ClientException, InterruptedException {
        Thread hook = new Thread(() -> interrupted(cancel), "tell that the task goes on");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            EventReader events = new EventReader(connection, task, after, command::note);
            while (true) {
                events.read(this::show);
                JsonNode end = connection.get("/api/tasks/" + task);
                String status = end.path("status").asText();
                // It may have been retried or have got a follow-up just now.
                if (status.equals("completed") || status.equals("failed")) {
                    tell(end);
                    return status.equals("completed") ? ApiCommand.GOOD : ApiCommand.FAILED;
                }
            }
        } finally {
            forget(hook);
        }
    }

    /// Prints the events after one, up to another that is there already.
    void between(long after, long last) throws ClientException, InterruptedException {
        if (after < last) {
            new EventReader(connection, task, after, command::note).read(event -> show(event) && event.seq() < last);
        }
    }

    private boolean show(TaskEvent event) throws ClientException {
        if (command.json) {
            command.out().println(event.json());
        } else {
            screen.event(event.body());
            String request =
                    event.body().path("permissionRequest").path("requestId").asText();
            if (!request.isEmpty()) {
                screen.note("sesame task approve " + task + " " + request + "    or with --deny, or --always");
            }
        }
        if (command.out().checkError()) {
            throw ClientException.of("Nobody reads what is printed here. The task is not affected.");
        }
        return true;
    }

    private void tell(JsonNode end) {
        if (command.json) {
            command.print(end);
            return;
        }
        String commit = end.path("commit").asText();
        if (!commit.isEmpty()) {
            screen.fact("branch", end.path("branch").asText() + ", commit " + commit);
        }
        String pullRequest = end.path("pullRequestUrl").asText();
        if (!pullRequest.isEmpty()) {
            screen.fact("pull request", pullRequest);
        }
        JsonNode error = end.path("error");
        if (!error.isMissingNode()) {
            screen.fact(
                    "why",
                    error.path("message").asText() + " (" + error.path("code").asText() + ")");
        }
    }

    private void interrupted(boolean cancel) {
        try {
            if (cancel) {
                connection.post("/api/tasks/" + task + "/cancel");
                command.note("Cancelled " + task + ".");
            } else {
                command.note(task + " goes on. Come back with: sesame task logs -f " + task);
            }
        } catch (ClientException e) {
            command.note(task + " could not be cancelled: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook runs.
        }
    }
}
