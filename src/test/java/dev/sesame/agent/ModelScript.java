package dev.sesame.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the scripted model says. The request alone decides: the scenario is the last `[[mock:NAME]]` in what
/// the user said, the turn is the number of times that tools gave results since.
public final class ModelScript {
    private static final Pattern MARKER = Pattern.compile("\\[\\[mock:([a-z0-9_-]+)]]");
    private static final Pattern DIRECTORY = Pattern.compile("[Ww]orking directory: ([^\\s\\\\\"<]+)");

    private static final Map<String, List<List<Step>>> SCENARIOS = Map.ofEntries(
            Map.entry(
                    "full",
                    List.of(
                            List.of(
                                    new Step.Think("Let me plan. First create the file, then run a command."),
                                    new Step.Say("I will create hello.txt."),
                                    new Step.Call(Tool.WRITE)),
                            List.of(new Step.Say("Now I run a command."), new Step.Call(Tool.RUN)),
                            List.of(new Step.Think("Now something that fails."), new Step.Call(Tool.FAIL)),
                            List.of(new Step.Say("All done: hello.txt created, command ran, one tool failed.")))),
            Map.entry(
                    "perm",
                    List.of(
                            List.of(new Step.Say("I will write a file."), new Step.Call(Tool.WRITE)),
                            List.of(new Step.Say("And a command."), new Step.Call(Tool.TOUCH)),
                            List.of(new Step.Say("Finished after permissions.")))),
            Map.entry(
                    "read",
                    List.of(
                            List.of(new Step.Say("Reading a missing file."), new Step.Call(Tool.READ_MISSING)),
                            List.of(new Step.Say("The file was missing.")))),
            Map.entry(
                    "parallel",
                    List.of(
                            List.of(
                                    new Step.Say("Two tools at once."),
                                    new Step.Call(Tool.RUN),
                                    new Step.Call(Tool.RUN_OTHER)),
                            List.of(new Step.Say("Both ran.")))),
            Map.entry(
                    "mcp",
                    List.of(
                            List.of(new Step.Say("Greeting somebody."), new Step.Call(Tool.GREET)),
                            List.of(new Step.Say("They are greeted.")))),
            Map.entry(
                    "delegate",
                    List.of(
                            List.of(new Step.Say("Someone else shall look."), new Step.Call(Tool.DELEGATE)),
                            List.of(new Step.Say("They looked.")))),
            Map.entry(
                    "sleep",
                    List.of(
                            List.of(new Step.Say("Starting a long command."), new Step.Call(Tool.SLEEP)),
                            List.of(new Step.Say("Long command over.")))),
            Map.entry(
                    "badtool",
                    List.of(
                            List.of(new Step.Say("Calling an unknown tool."), new Step.Call(Tool.UNKNOWN)),
                            List.of(new Step.Say("Recovered.")))),
            Map.entry(
                    "touch",
                    List.of(
                            List.of(new Step.Say("A command."), new Step.Call(Tool.TOUCH)),
                            List.of(new Step.Say("Finished without.")))),
            Map.entry(
                    "huge",
                    List.of(
                            List.of(new Step.Say("Much to read."), new Step.Call(Tool.HUGE)),
                            List.of(new Step.Say("All printed.")))),
            Map.entry("slow", List.of(List.of(new Step.Tick("tick ")))),
            Map.entry("text", List.of(List.of(new Step.Say("Just a plain answer.")))),
            Map.entry("follow", List.of(List.of(new Step.Say("This is the follow-up answer.")))),
            Map.entry("drop", List.of(List.of(new Step.Say("About to drop the connection"), new Step.Drop()))));

    private static final List<Step> NO_SCENARIO = List.of(new Step.Say("Hello from the model."));

    private ModelScript() {}

    /// One thing the model does in a turn.
    public sealed interface Step {
        record Think(String text) implements Step {}

        record Say(String text) implements Step {}

        /// Says it again and again, for as long as someone listens.
        record Tick(String text) implements Step {}

        record Call(Tool tool) implements Step {}

        /// Breaks the connection.
        record Drop() implements Step {}
    }

    enum Tool {
        WRITE,
        READ_MISSING,
        RUN,
        RUN_OTHER,
        TOUCH,
        FAIL,
        SLEEP,
        GREET,
        HUGE,
        DELEGATE,
        UNKNOWN
    }

    /// A tool call in the model's words.
    public record Chosen(String name, ObjectNode input) {}

    /// What was said so far, as far as it matters: the user's text, or that tools gave results (null).
    public record Said(@Nullable String userText) {}

    /// The scenario that the conversation asks for; empty if none.
    public static String scenario(List<Said> conversation) {
        int last = lastMarked(conversation);
        String text = last < 0 ? null : conversation.get(last).userText();
        return text == null
                ? ""
                : MARKER.matcher(text)
                        .results()
                        .reduce((_, b) -> b)
                        .map(m -> m.group(1))
                        .orElse("");
    }

    public static List<Step> turn(List<Said> conversation) {
        List<List<Step>> turns = SCENARIOS.getOrDefault(scenario(conversation), List.of(NO_SCENARIO));
        long results = conversation.stream()
                .skip(lastMarked(conversation) + 1L)
                .filter(said -> said.userText() == null)
                .count();
        return turns.get((int) Math.min(results, turns.size() - 1));
    }

    private static int lastMarked(List<Said> conversation) {
        for (int i = conversation.size() - 1; i >= 0; i--) {
            String text = conversation.get(i).userText();
            if (text != null && MARKER.matcher(text).find()) {
                return i;
            }
        }
        return -1;
    }

    /// The call, by the names and parameters of the tools that the agent offers.
    ///
    /// @param offered name → JSON schema of the input
    public static Chosen choose(Tool tool, Map<String, JsonNode> offered, JsonNode request) {
        return switch (tool) {
            case WRITE -> write(offered, directory(request));
            case READ_MISSING ->
                new Chosen("Read", Json.object().put("file_path", directory(request) + "/missing.txt"));
            case RUN -> shell(offered, "echo out-line-1; echo err-line 1>&2; echo out-line-2", "Print two lines");
            case RUN_OTHER -> shell(offered, "echo second-tool", "Print one line");
            case TOUCH -> shell(offered, "touch created-by-bash && echo touched", "Create a file from the shell");
            case FAIL -> shell(offered, "echo before-failure; cat /nonexistent/file; exit 3", "Fail on purpose");
            case SLEEP -> shell(offered, "echo started; sleep 313; echo ended", "Sleep for long");
            case GREET ->
                new Chosen(
                        offered.keySet().stream()
                                .filter(name -> name.endsWith("greet"))
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException("No such tool in " + offered.keySet())),
                        Json.object().put("name", "Ada"));
            case HUGE -> shell(offered, "seq 1 60000", "Print much");
            case DELEGATE ->
                new Chosen(
                        "Task",
                        Json.object()
                                .put("description", "Look around")
                                .put("prompt", "[[mock:read]] look")
                                .put("subagent_type", "general-purpose"));
            case UNKNOWN -> new Chosen("no_such_tool", Json.object().put("x", 1));
        };
    }

    private static Chosen write(Map<String, JsonNode> offered, String directory) {
        if (offered.containsKey("exec_command")) { // Codex knows this command for what it is
            String patch = "*** Begin Patch\n*** Add File: hello.txt\n+hello from the model\n+second line\n"
                    + "*** End Patch\n";
            return shell(offered, "apply_patch <<'EOF'\n" + patch + "EOF", "Write the file");
        }
        String name = first(offered.keySet(), "Write", "write", "write_file", "create");
        JsonNode schema = offered.getOrDefault(name, Json.object()).path("properties");
        String path = schema.has("filePath") ? "filePath" : schema.has("path") ? "path" : "file_path";
        return new Chosen(
                name,
                Json.object()
                        .put(path, directory + "/hello.txt")
                        .put(schema.has("file_text") ? "file_text" : "content", "hello from the model\nsecond line\n"));
    }

    private static Chosen shell(Map<String, JsonNode> offered, String command, String description) {
        String name = first(offered.keySet(), "Bash", "bash", "run_shell_command", "exec_command", "shell");
        JsonNode schema = offered.getOrDefault(name, Json.object()).path("properties");
        ObjectNode input = Json.object().put(schema.has("cmd") ? "cmd" : "command", command);
        if (schema.has("description")) {
            input.put("description", description);
        }
        return new Chosen(name, input);
    }

    private static String first(Set<String> offered, String... names) {
        for (String name : names) {
            if (offered.contains(name)) {
                return name;
            }
        }
        throw new IllegalStateException("The agent offers none of " + List.of(names) + " but " + offered);
    }

    private static String directory(JsonNode request) {
        return DIRECTORY
                .matcher(request.toString())
                .results()
                .findFirst()
                .map((MatchResult match) -> match.group(1))
                .orElse(".");
    }
}
