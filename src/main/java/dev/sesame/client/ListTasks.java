package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sesame task list`: the caller's tasks, newest first.
@Command(name = "list", description = "List your tasks, newest first.", mixinStandardHelpOptions = true)
final class ListTasks extends ApiCommand {

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "Only tasks that have each of these words.")
    private String @Nullable [] words;

    @Option(
            names = {"-s", "--status"},
            paramLabel = "pending|processing|completed|failed",
            description = "Only tasks of this status.")
    private @Nullable String status;

    @Option(
            names = {"-a", "--agent"},
            description = "Only tasks of this agent.")
    private @Nullable String agent;

    @Option(
            names = {"-r", "--repository"},
            description = "Only tasks on this repository.")
    private @Nullable String repository;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (50; up to 200).")
    private int limit;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "How many to pass over first.")
    private int offset;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        JsonNode page = connection.get("/api/tasks?" + query());
        if (json) {
            print(page);
            return GOOD;
        }
        JsonNode tasks = page.path("tasks");
        Table table = new Table("ID", "STATUS", "AGENT", "REPOSITORY", "CREATED", "TITLE");
        for (JsonNode task : tasks) {
            table.row(
                    task.path("id").asText(""),
                    state(task),
                    task.path("agent").asText(""),
                    task.path("repository").asText(""),
                    task.path("createdAt").asText("").replaceFirst("T(\\d\\d:\\d\\d).*", " $1"),
                    task.path("title").asText(""));
        }
        say(tasks.isEmpty() ? "No task." : table.toString());
        int total = page.path("total").asInt();
        if (offset + tasks.size() < total && !tasks.isEmpty()) {
            note(tasks.size() + " of " + total + "; for more: --offset " + (offset + tasks.size()));
        }
        return GOOD;
    }

    private String query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("limit", Integer.toString(limit));
        parameters.put("offset", Integer.toString(offset));
        putIfSaid(parameters, "status", status);
        putIfSaid(parameters, "agent", agent);
        putIfSaid(parameters, "repository", repository);
        putIfSaid(parameters, "q", words == null ? null : String.join(" ", words));
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static void putIfSaid(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /// As the web UI names it.
    static String state(JsonNode task) {
        if (task.path("error").path("code").asText("").equals("cancelled")) {
            return "cancelled";
        }
        return task.path("phase").asText(task.path("status").asText("")).replace('_', ' ');
    }
}
