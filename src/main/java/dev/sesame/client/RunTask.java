package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sesame task run`: a new task, followed to its end.
@Command(
        name = "run",
        description = "Create a task and follow it to its end.",
        footer = {
            "",
            "Exit status 0 if the task completed, 1 if it failed. Interrupted, it leaves the task running.",
            "With --json: the server's answer, then each event, then the task as it is at its end.",
            "A prompt that begins with - needs -- before it, as one from a variable does: -- \"$PROMPT\""
        },
        mixinStandardHelpOptions = true)
final class RunTask extends ApiCommand {

    @Parameters(paramLabel = "PROMPT", arity = "1..*", description = "What to do; - reads it from standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private List<String> words;

    @Option(
            names = {"-r", "--repository"},
            required = true,
            description = "owner/repo, or the name of a local repository.")
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private String repository;

    @Option(
            names = {"-a", "--agent"},
            description = "Which agent; default: the server's.")
    private @Nullable String agent;

    @Option(
            names = {"-b", "--branch"},
            description = "The branch to start from; default: the repository's.")
    private @Nullable String branch;

    @Option(
            names = {"-m", "--model"},
            description = "A model that the agent knows.")
    private @Nullable String model;

    @Option(names = "--ask", description = "Let the agent ask before it acts; answer with sesame task approve.")
    private boolean ask;

    @Option(
            names = "--pull-request",
            paramLabel = "none|draft|open",
            description = "What to open once the branch is pushed.")
    private @Nullable String pullRequest;

    @Option(names = "--max-minutes", paramLabel = "N", description = "How long it may take.")
    private @Nullable Integer maxMinutes;

    @Option(
            names = "--mcp-servers",
            paramLabel = "NAME",
            split = ",",
            splitSynopsisLabel = ",",
            description = "Which of your MCP servers it uses, '' for none; default: all that are enabled.")
    private @Nullable List<String> mcpServers;

    @Option(names = "--keep-alive", description = "Keep its files for follow-ups.")
    private boolean keepAlive;

    @Option(
            names = {"-d", "--detach"},
            description = "Print the task's id and don't wait for it.")
    private boolean detach;

    @Option(
            names = "--cancel-on-interrupt",
            description = "Cancel the task if this command is interrupted, as CI does with a job that it cancels.")
    private boolean cancelOnInterrupt;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "For a job that may run twice: within 24 hours, the same key gives the same task.")
    private @Nullable String idempotencyKey;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        Map<String, Object> body = body(Prompt.of(words));
        String once = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
        NewTask task = new NewTask(connection, body, once);
        try (Farewell _ = Farewell.saying(() -> note(cancelOnInterrupt ? task.cancel() : task.goesOn()))) {
            JsonNode created = task.create();
            String id = created.path("id").asText("");
            if (json) {
                print(created);
            } else if (detach) {
                say(id);
            } else {
                note(id + " at " + connection.base() + "/tasks/" + id);
            }
            return detach ? GOOD : new Follower(this, connection, id).status(-1);
        }
    }

    private Map<String, Object> body(String prompt) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("prompt", prompt);
        body.put("repository", repository);
        putIfSaid(body, "agent", agent);
        putIfSaid(body, "branch", branch);
        putIfSaid(body, "model", model);
        putIfSaid(body, "pullRequest", pullRequest);
        putIfSaid(body, "maxDurationMinutes", maxMinutes);
        putIfSaid(body, "mcpServers", mcpServers == null ? null : named(mcpServers));
        putIfSaid(body, "permissionMode", ask ? "ask" : null);
        putIfSaid(body, "keepAlive", keepAlive ? true : null);
        return body;
    }

    private static List<String> named(List<String> names) {
        return names.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static void putIfSaid(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
