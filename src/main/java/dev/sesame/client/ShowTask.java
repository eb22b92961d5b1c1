package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/// `sesame task show`: a task as it is now, and what was said.
@Command(
        name = "show",
        description = "Show a task: its state, its questions, what was said.",
        mixinStandardHelpOptions = true)
final class ShowTask extends OneTask {

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        JsonNode it = connection.get(path());
        if (json) {
            print(it);
            return GOOD;
        }
        EventScreen screen = new EventScreen(out());
        screen.title(it.path("title").asText(""));
        facts(screen, it);
        if (it.path("phase").asText("").equals("awaiting_permission")) {
            for (JsonNode request : OpenRequests.of(connection, task).values()) {
                screen.fact("it asks", EventScreen.asked(request));
                screen.fact("until", request.path("expiresAt").asText(""));
                screen.fact(
                        "answer",
                        "sesame task approve " + task + " "
                                + request.path("requestId").asText("") + "    or with --deny, or --always");
            }
        }
        said(screen, "Prompt", it.path("prompt"));
        for (JsonNode message : it.path("messages")) {
            said(screen, message.path("role").asText("").equals("user") ? "You" : "The agent", message.path("content"));
        }
        requirePrinted();
        return GOOD;
    }

    private static void facts(EventScreen screen, JsonNode it) {
        screen.fact(
                "task",
                it.path("id").asText("") + ", attempt " + it.path("attempt").asText(""));
        screen.fact("status", ListTasks.state(it) + ", " + it.path("progress").asText("") + " %");
        JsonNode error = it.path("error");
        if (!error.isMissingNode()) {
            screen.fact(
                    "why",
                    error.path("message").asText("") + " (" + error.path("code").asText("") + ")");
        }
        screen.fact(
                "agent",
                it.path("agent").asText("") + it.path("model").asText("").replaceFirst("^(?=.)", ", "));
        screen.fact(
                "repository",
                it.path("repository").asText("")
                        + it.path("baseBranch").asText("").replaceFirst("^(?=.)", ", from "));
        screen.fact(
                "branch",
                it.path("branch").asText("") + it.path("commit").asText("").replaceFirst("^(?=.)", ", commit "));
        factIfKnown(screen, "pull request", it.path("pullRequestUrl"));
        factIfKnown(screen, "created", it.path("createdAt"));
        factIfKnown(screen, "started", it.path("startedAt"));
        factIfKnown(screen, "ended", it.path("completedAt"));
        JsonNode usage = it.path("usage");
        if (!usage.isMissingNode()) {
            screen.fact(
                    "tokens",
                    usage.path("inputTokens").asLong() + " in, "
                            + usage.path("cachedTokens").asLong() + " of them cached, "
                            + usage.path("outputTokens").asLong() + " out");
            factIfKnown(screen, "cost in $", usage.path("costUsd"));
        }
    }

    private static void factIfKnown(EventScreen screen, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            screen.fact(name, value.asText(""));
        }
    }

    private static void said(EventScreen screen, String who, JsonNode text) {
        screen.title(who);
        screen.text(text.asText(""));
    }
}
