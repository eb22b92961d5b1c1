package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sesame task approve`: the answer to a permission request.
@Command(
        name = "approve",
        description = "Let the agent do what it asks for, or deny it.",
        mixinStandardHelpOptions = true)
final class ApproveTask extends OneTask {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REQUEST",
            description = "The request's id; not needed where only one is open.")
    private @Nullable String request;

    @Option(names = "--always", description = "This and whatever is like it.")
    private boolean always;

    @Option(names = "--deny", description = "Don't let it.")
    private boolean deny;

    @Option(names = "--message", paramLabel = "TEXT", description = "For the agent, for instance why not.")
    private @Nullable String message;

    @Override
    int run(Connection connection) throws ClientException, InterruptedException {
        String path = path();
        if (always && deny) {
            throw wrong("--always or --deny, not both");
        }
        String wanted = request == null ? only(OpenRequests.of(connection, task)) : request;
        Map<String, String> body = new HashMap<>();
        body.put("decision", deny ? "deny" : always ? "allow_always" : "allow");
        if (message != null) {
            body.put("message", message);
        }
        JsonNode answer = connection.post(path + "/permissions/" + encoded(wanted), body);
        answer(answer, wanted + ": " + answer.path("decision").asText("").replace('_', ' '));
        return GOOD;
    }

    private String only(Map<String, JsonNode> open) throws ClientException {
        if (open.isEmpty()) {
            throw ClientException.of(task + " asks nothing at the moment.");
        }
        if (open.size() > 1) {
            throw wrong(task + " asks more than one thing. Say which:\n"
                    + open.entrySet().stream()
                            .map(each ->
                                    "  " + Printable.line(each.getKey()) + "  " + EventScreen.asked(each.getValue()))
                            .collect(Collectors.joining("\n")));
        }
        return open.keySet().iterator().next();
    }
}
