package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.sandbox.Runs;
import dev.sesame.setting.Setting;
import dev.sesame.setting.SettingKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An admin who changes settings, users and others' tasks, and a user with a shell in a running task: what they
/// may break is not shared with other tests. Another admin stays whatever they do.
final class PowerfulCallers implements AutoCloseable {

    /// What this needs to go on is locked; all other settings change under it.
    static final Map<String, String> ENVIRONMENT = Map.of(
            "TASKS_MAX_RUNNING", "100",
            "TASKS_MAX_RUNNING_PER_USER", "100",
            "TASKS_MAX_MEMORY_BYTES", "4294967296",
            "TASKS_MAX_PROCESSES", "2048",
            "TASKS_MAX_OUTPUT_BYTES", "1073741824",
            "TASKS_MAX_TERMINAL_BYTES", "16777216",
            "AGENTS_DEMO_ENABLED", "true",
            "SANDBOX_SECURITY_ENABLED", "true",
            "REQUIRE_EMAIL_VERIFICATION", "false");

    private static final List<Operation> RULING = operations("admin:write");
    private static final List<Operation> TYPING = operations("terminal:write");

    private final HttpUser admin;
    private final String rulerId;
    private final HttpUser typist;
    private final List<HttpUser> rulers;
    private final List<HttpUser> typists;
    private final String open;
    private final RandomRequests ruling;
    private final RandomRequests typing;

    PowerfulCallers(SesameServer server, long seed) {
        HttpUser ruler = server.user();
        admin = server.admin();
        rulerId = id(ruler);
        promote();
        Answer key = ruler.post(
                "/api/auth/api-key/create", Map.of("permissions", Map.of("admin", List.of("read", "write"))));
        rulers = List.of(ruler, ruler, server.withKey(key.text("key")));
        List<HttpUser> ruled =
                IntStream.range(0, 4).mapToObj(n -> server.user()).toList();
        ruling = new RandomRequests(
                seed,
                RULING,
                Map.of(
                        "userId",
                        Stream.concat(ruled.stream(), Stream.of(ruler))
                                .map(PowerfulCallers::id)
                                .toList(),
                        "taskId",
                        List.of(task(ruled.getFirst())),
                        RandomValues.FREE_NAME,
                        settings()));
        typist = server.user();
        typists = List.of(typist, typist, server.keyOf(typist));
        open = task(typist);
        Runs.await(
                "a shell",
                () -> typist.post("/api/tasks/" + open + "/terminal/input", Map.of("data", " "))
                                .status()
                        == 204);
        typing = new RandomRequests(
                seed + 1,
                TYPING,
                Map.of("taskId", List.of(open), "writer", List.of("one"), "Idempotency-Key", List.of("again")));
    }

    private static List<Operation> operations(String access) {
        return Operation.all().stream()
                .filter(operation -> operation.access().equals(access))
                .toList();
    }

    /// But the one that would put tasks' files just anywhere.
    private static List<String> settings() {
        return SettingKeys.ALL.stream()
                .filter(setting -> !setting.equals(SettingKeys.TASKS_BASE_DIRECTORY))
                .map(Setting::key)
                .toList();
    }

    private static String id(HttpUser user) {
        return user.get("/api/auth/get-session").json().at("/user/id").asText();
    }

    private static String task(HttpUser user) {
        Answer answer =
                user.post("/api/tasks", Map.of("prompt", "demo: sleep 600000", "repository", "app", "agent", "demo"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.text("id");
    }

    private void promote() {
        Answer answer = admin.patch("/api/admin/users/" + rulerId, Map.of("role", "admin"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    /// Each of the two by turns.
    void send(long seed, int requests, Findings findings) {
        for (int i = 0; i < requests; i++) {
            boolean rules = i % 3 != 0;
            RandomRequests requestsOfIt = rules ? ruling : typing;
            RandomRequests.Request request = requestsOfIt.next();
            HttpUser caller = (rules ? rulers : typists).get(requestsOfIt.below(3));
            Exchange.Result result = Exchange.of(caller, request);
            findings.add(seed, i, request.operation(), result);
            if (rules && result.status() == 403) {
                promote(); // it may have taken the right from itself
            }
        }
    }

    /// Ends the task whose shell was typed in.
    @Override
    public void close() {
        typist.post("/api/tasks/" + open + "/cancel", null);
    }
}
