package dev.sesame.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SseReader;
import dev.sesame.agent.ModelServer;
import dev.sesame.sandbox.Runs;
import dev.sesame.task.AgentWorld;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server of all acts, the model behind it, and its users: one with good keys, one whose keys are rejected. For any
/// thread.
final class Stage implements AutoCloseable {
    /// How agents ask, each in its protocol.
    private static final Pattern ASKING = Pattern.compile("can_use_tool|requestApproval|session/request_permission");

    private final AgentWorld agents;
    private final TaskWorld world;
    private final HttpUser rejected;
    private final String userId;

    Stage(Path directory) throws IOException {
        agents = AgentWorld.start(
                directory,
                Map.of(
                        "ALLOW_USER_REGISTRATION", "true",
                        // Each delta is an event, however fast the model and this machine are.
                        "EVENTS_WINDOW_MILLIS", "0",
                        "TASKS_MAX_RUNNING", "6",
                        "TASKS_MAX_RUNNING_PER_USER", "6",
                        "TASKS_PERMISSION_TIMEOUT_MINUTES", "2",
                        "TASKS_SILENCE_MINUTES", "10"));
        world = agents.tasks();
        userId = world.user()
                .get("/api/auth/get-session")
                .json()
                .path("user")
                .path("id")
                .asText();
        agents.addGreeter(directory, Map.of());
        rejected = world.server.user();
        for (String provider : List.of("anthropic", "openai", "gemini")) {
            expect(
                    200,
                    rejected.post("/api/api-keys", Map.of("provider", provider, "key", "expired-key-of-" + provider)));
        }
    }

    String userId() {
        return userId;
    }

    /// Where the agents' programs are, and what else the server has.
    Path dataDirectory() {
        return world.server.dataDirectory();
    }

    /// The programs that the server uses in place of its own; none for those that are missing.
    void usePrograms(Map<String, String> paths) {
        expect(200, world.user().patch("/api/settings", paths));
    }

    ModelServer model() {
        return agents.model();
    }

    String create(Candidate who, String scenario, boolean ask) {
        return create(world.user(), who, scenario, ask);
    }

    String createRejected(Candidate who) {
        return create(rejected, who, "text", false);
    }

    /// With the MCP server `greeter`, which is a script on a branch of its own.
    String createGreeting(Candidate who) {
        return create(
                world.user(),
                who,
                "mcp",
                Map.of("branch", AgentWorld.GREETER, "mcpServers", List.of(AgentWorld.GREETER)));
    }

    private static String create(HttpUser user, Candidate who, String scenario, boolean ask) {
        return create(user, who, scenario, Map.of("permissionMode", ask ? "ask" : "auto", "mcpServers", List.of()));
    }

    private static String create(HttpUser user, Candidate who, String scenario, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(Map.of("agent", who.agent(), "model", who.model(), "maxDurationMinutes", 8));
        Answer answer = user.post("/api/tasks", TaskWorld.body(prompt(who, scenario), all));
        return expect(201, answer).text("id");
    }

    static String prompt(Candidate who, String scenario) {
        return "[[mock:" + scenario + "]] go for " + who;
    }

    void followUp(String id, String prompt) {
        expect(201, world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", prompt)));
    }

    void answer(String id, JsonNode request, String decision) {
        String requestId = request.path("permissionRequest").path("requestId").asText();
        expect(200, world.user().post("/api/tasks/" + id + "/permissions/" + requestId, Map.of("decision", decision)));
    }

    void cancel(String id) {
        expect(200, world.user().post("/api/tasks/" + id + "/cancel", Map.of()));
    }

    JsonNode await(String id, String kind) {
        return world.awaitEvent(id, kind);
    }

    List<JsonNode> follow(String id) {
        return world.follow(id);
    }

    JsonNode awaitAfter(String id, JsonNode event, String kind) {
        return world.awaitEvent(id, event.path("seq").asLong(), kind);
    }

    /// Waits, while the server is away, until the agent has written a request for permission to where the server will
    /// find it.
    void awaitAsking(String id) {
        Path spool = world.server
                .dataDirectory()
                .resolve("tasks")
                .resolve(id)
                .resolve("1")
                .resolve("agent-0")
                .resolve("out");
        Runs.await(
                "a request of " + id,
                () -> ASKING.matcher(Files.readString(spool)).find());
    }

    void kill() {
        world.server.kill();
    }

    void restart() {
        world.server.restart();
    }

    Played played(String id, Map<String, String> notes) {
        return played(world.user(), id, notes);
    }

    Played playedRejected(String id) {
        return played(rejected, id, Map.of());
    }

    private Played played(HttpUser user, String id, Map<String, String> notes) {
        List<JsonNode> log;
        try (SseReader stream = user.stream("/api/tasks/" + id + "/stream", null)) {
            log = stream.rest().stream().map(SseReader.Event::json).toList();
        }
        JsonNode task = user.get("/api/tasks/" + id).json();
        Map<String, String> all = new LinkedHashMap<>(notes);
        all.put("user", userId);
        for (String file : List.of("hello.txt", "created-by-bash")) {
            all.put(file, pushed(task.path("branch").asText(), file));
        }
        return new Played(log, task, all);
    }

    JsonNode task(String id) {
        return world.get(id);
    }

    /// The file on the pushed branch; empty if it is not there.
    private String pushed(String branch, String file) {
        String listed = world.repository.run("for-each-ref", "--format=%(refname)", "refs/heads/" + branch);
        if (listed.isEmpty() || world.repository.run("ls-tree", branch, file).isEmpty()) {
            return "";
        }
        return world.repository.run("show", branch + ":" + file) + "\n";
    }

    /// The models that were asked for this task's first prompt.
    String models(String words) {
        return agents.model().requests().stream()
                .filter(asked -> asked.body().toString().contains(words))
                .map(ModelServer.Asked::model)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /// Of the model's requests in which that was said, the last.
    String lastRequest(String words) {
        return agents.model().requests().stream()
                .map(asked -> asked.body().toString())
                .filter(body -> body.contains(words))
                .reduce("", (_, last) -> last);
    }

    /// Takes away all that the agent kept in its home.
    void forgetSession(String id) {
        Path home = world.server.dataDirectory().resolve("tasks").resolve(id).resolve("home");
        dev.sesame.sandbox.FileTree.delete(home);
    }

    /// The command lines with that word of what runs under the task's uid.
    String alive(String id, String word) {
        int uid = 200_000 + Math.floorMod(id.hashCode(), 100_000); // as Run has it
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> uid(process) == uid)
                    .map(Stage::commandLine)
                    .filter(line -> line.contains(word) || line.contains("sleep 313"))
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int uid(Path process) {
        try {
            return (int) Files.getAttribute(process, "unix:uid");
        } catch (IOException gone) {
            return -1;
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "gone meanwhile";
        }
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ": " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        agents.close();
    }
}
