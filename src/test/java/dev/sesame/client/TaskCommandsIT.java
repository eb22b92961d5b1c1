package dev.sesame.client;

import static dev.sesame.sandbox.Runs.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sesame.client.CommandLineUser.Result;
import dev.sesame.client.CommandLineUser.Running;
import dev.sesame.task.TaskWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A CI job's life: only the command line, a key and a server.
class TaskCommandsIT {
    private static final JsonMapper JSON = new JsonMapper();

    private static @TempDir Path home;
    private static TaskWorld world;
    private static CommandLineUser ci;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of());
        ci = CommandLineUser.withKey(home, world.server, world.user());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aTaskRunsToItsPushedBranchAndCanBeLookedAt() {
        Result run = ci.runWith("demo: write a.txt 5\ndemo: text 3 0\n", "task", "run", "-r", "app", "-a", "demo", "-");
        assertThat(run.status()).as(run.toString()).isZero();
        String task = run.notes().replaceAll("(?s)(task_\\w+) at .*", "$1");
        String branch = "sesame/" + task.replace('_', '-');
        assertThat(run.out())
                .contains("Write a.txt", "✓ completed", "branch      " + branch)
                .doesNotContain("\u001b");
        assertThat(world.repository.run("show", branch + ":a.txt")).isEqualTo("line");

        Result show = ci.run("task", "show", task);
        assertThat(show.out())
                .contains(task + ", attempt 1", "completed, 100 %", "app, from main", "demo: write a.txt 5");
        Result list = ci.run("task", "list", "--status", "completed", "-a", "demo", "write", "a.txt");
        assertThat(list.lines()).anyMatch(line -> line.startsWith(task + "  completed  demo"));
        assertThat(ci.run("task", "diff", task).out()).contains("+++ b/a.txt");
        assertThat(ci.run("task", "logs", task).out()).contains("Write a.txt", "✓ completed");

        assertThat(ci.run("task", "delete", task).status()).isZero();
        assertThat(ci.run("task", "show", task))
                .isEqualTo(new Result(3, "", "Task not found. (" + world.server.base() + " answers 404.)\n"));
    }

    @Test
    void jsonIsWhatTheServerSays() throws Exception {
        Result run = ci.run("task", "run", "--json", "-r", "app", "-a", "demo", "demo: text 3 0");
        assertThat(run.status()).as(run.toString()).isZero();
        List<String> lines = run.lines();
        JsonNode created = JSON.readTree(lines.getFirst());
        String task = created.path("id").asText();
        assertThat(created.path("status").asText()).isEqualTo("pending");
        assertThat(JSON.readTree(lines.getLast())).isEqualTo(world.get(task));
        assertThat(seqs(lines.subList(1, lines.size() - 1))).isEqualTo(upTo(lines.size() - 2));

        List<String> logs = ci.run("task", "logs", "--json", task).lines();
        assertThat(logs).isEqualTo(lines.subList(1, lines.size() - 1));
        assertThat(ci.run("task", "logs", "--json", "--after", "3", task).lines())
                .isEqualTo(logs.subList(4, logs.size()));
        assertThat(ci.run("task", "logs", "--json", "-f", task).lines()).isEqualTo(lines.subList(1, lines.size()));
        assertThat(JSON.readTree(ci.run("task", "show", "--json", task).out())).isEqualTo(world.get(task));
        assertThat(JSON.readTree(
                                ci.run("task", "list", "--json", "--limit", "1").out())
                        .path("tasks")
                        .size())
                .isEqualTo(1);
        assertThat(JSON.readTree(ci.run("task", "diff", "--json", task).out())
                        .path("diff")
                        .isTextual())
                .isTrue();
    }

    @Test
    void aTaskThatFailsGivesExitStatus1AndGoesOnByRetryAndMessage() {
        Result run = ci.run("task", "run", "-r", "app", "-a", "demo", "demo: crash 3");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("✗ failed", "why ").doesNotContain("✓");
        String task = run.notes().replaceAll("(?s)(task_\\w+) at .*", "$1");

        Result retry = ci.run("task", "retry", "-f", task);
        assertThat(retry.status()).isEqualTo(1);
        assertThat(retry.out()).startsWith(task + " waits for its turn.").containsOnlyOnce("✗ failed");

        Result message = ci.run("task", "message", "-f", task, "demo: text 2 0");
        assertThat(message.status()).as(message.toString()).isZero();
        assertThat(message.out()).startsWith("The agent will get it.").containsOnlyOnce("✓ completed");
        assertThat(ci.run("task", "retry", task).notes()).contains("Only a failed task can be retried");
    }

    @Test
    void aQuestionIsShownAndAnswered() {
        String task = ci.run(
                        "task", "run", "-d", "--ask", "-r", "app", "-a", "demo", "demo: ask May I?\ndemo: ask And?")
                .out()
                .strip();
        try (Running follower = ci.start("task", "logs", "-f", task)) {
            awaitPhase(task, "awaiting_permission");
            String shown = ci.run("task", "show", task).out();
            assertThat(shown).contains("it asks     May I?");
            String request = shown.replaceAll("(?s).*approve " + task + " (\\S+).*", "$1");

            assertThat(ci.run("task", "approve", task, "another").notes()).contains("answers 404");
            assertThat(ci.run("task", "approve", task, request).out()).isEqualTo(request + ": allow\n");
            assertThat(ci.run("task", "approve", task, request).notes()).contains("answers 409");
            await(
                    "the second question",
                    () -> ci.run("task", "approve", "--deny", "--message", "Not today", task)
                                    .status()
                            == 0);

            Result followed = follower.end();
            assertThat(followed.status()).as(followed.toString()).isZero();
            assertThat(followed.out())
                    .contains(
                            "? May it do that? May I?",
                            "sesame task approve " + task + " " + request,
                            "! allow",
                            "! deny");
        }
        assertThat(ci.run("task", "approve", task))
                .isEqualTo(new Result(3, "", task + " asks nothing at the moment.\n"));
        assertThat(ci.run("task", "approve", "--always", "--deny", task).status())
                .isEqualTo(2);
    }

    @Test
    void interruptedItLeavesTheTaskOrCancelsItAsWasAsked() {
        try (Running left = ci.start("task", "run", "-r", "app", "-a", "demo", "demo: sleep 600000")) {
            String task = awaitTask(left);
            left.terminate();
            Result end = left.end();
            assertThat(end.status()).isEqualTo(143);
            assertThat(end.notes()).contains(task + " goes on. Come back with: sesame task logs -f " + task);
            assertThat(world.get(task).path("status").asText()).isEqualTo("processing");
            assertThat(ci.run("task", "cancel", task).out()).isEqualTo(task + " is cancelled.\n");
            assertThat(ci.run("task", "list").lines()).anyMatch(line -> line.startsWith(task + "  cancelled"));
        }
        try (Running ended =
                ci.start("task", "run", "--cancel-on-interrupt", "-r", "app", "-a", "demo", "demo: sleep 600000")) {
            String task = awaitTask(ended);
            ended.terminate();
            Result end = ended.end();
            assertThat(end.status()).isEqualTo(143);
            assertThat(end.notes()).contains("Cancelled " + task + ".");
            assertThat(world.get(task).path("error").path("code").asText()).isEqualTo("cancelled");
        }
    }

    /// The server may have it, and only the answer is on its way.
    @Test
    void interruptedBeforeItKnowsTheTaskItCancelsItAllTheSame() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            server.thenSilence("")
                    .then("201 Created|Content-Type: application/json", "{\"id\":\"task_a\",\"status\":\"pending\"}")
                    .then("200 OK|Content-Type: application/json", "{\"id\":\"task_a\",\"status\":\"failed\"}");
            CommandLineUser user = new CommandLineUser(
                    home, Map.of("SESAME_URL", server.base().toString(), "SESAME_API_KEY", "sk_test"));
            try (Running running = user.start("task", "run", "--cancel-on-interrupt", "-r", "app", "x")) {
                await("the request", () -> server.requests().size() == 1);
                running.terminate();
                Result end = running.end();
                assertThat(end.status()).isEqualTo(143);
                assertThat(end.notes()).contains("Cancelled task_a.");
            }
            assertThat(server.requests()).hasSize(3);
            assertThat(onceKey(server.requests().get(1)))
                    .isEqualTo(onceKey(server.requests().getFirst()));
            assertThat(server.requests().getLast()).startsWith("POST /api/tasks/task_a/cancel ");
        }
    }

    private static String onceKey(String head) {
        return head.replaceAll("(?s).*Idempotency-Key: (\\S+).*", "$1");
    }

    @Test
    void aKilledServerCostsNoEventAndNoExitStatus() throws Exception {
        try (TaskWorld mortal = new TaskWorld(Map.of())) {
            CommandLineUser user = CommandLineUser.withKey(home, mortal.server, mortal.user());
            String prompt = "demo: text 300 20\ndemo: ask May I end?";
            try (Running running = user.start("task", "run", "--ask", "--json", "-r", "app", "-a", "demo", prompt)) {
                await(
                        "its task",
                        () -> mortal.user()
                                        .get("/api/tasks")
                                        .json()
                                        .path("total")
                                        .asInt()
                                == 1);
                String task = mortal.user()
                        .get("/api/tasks")
                        .json()
                        .path("tasks")
                        .path(0)
                        .path("id")
                        .asText();
                for (int kill = 1; kill <= 2; kill++) {
                    int times = kill;
                    await("events", () -> events(mortal, task) > 10 + 5 * times);
                    mortal.server.kill();
                    await("its loss", () -> lost(running) == times);
                    mortal.server.restart();
                    await("its return", () -> count(running.notes(), "Connected again, after event") == times);
                }
                await("the question", () -> user.run("task", "approve", task).status() == 0);
                Result end = running.end();
                assertThat(end.status()).as(end.notes()).isZero();
                List<String> events = end.lines().subList(1, end.lines().size() - 1);
                assertThat(seqs(events)).isEqualTo(upTo(events.size()));
                assertThat(JSON.readTree(events.getLast()).path("kind").asText())
                        .isEqualTo("done");
            }
        }
    }

    private static int events(TaskWorld mortal, String task) {
        return mortal.user()
                .get("/api/tasks/" + task + "/events?limit=1")
                .json()
                .path("nextSeq")
                .asInt();
    }

    private static int lost(Running running) {
        return count(running.notes(), "Trying again…");
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void whatCannotBePrintedIsNoSuccess() throws Exception {
        String task = ci.run("task", "run", "-d", "-r", "app", "-a", "demo", "demo: sleep 600000")
                .out()
                .strip();
        awaitPhase(task, "running");
        for (List<String> arguments : List.of(
                List.of("task", "list"),
                List.of("task", "show", task),
                List.of("task", "show", "--json", task),
                List.of("task", "logs", task))) {
            Result full = ci.runInto(Path.of("/dev/full"), arguments.toArray(String[]::new));
            assertThat(full.status()).as(arguments.toString()).isEqualTo(3);
            assertThat(full.notes()).startsWith("What is printed can't be written");
        }
        try (Running following = ci.start("task", "logs", "-f", task)) {
            following.stopReading();
            world.user().post("/api/tasks/" + task + "/cancel", null);
            assertThat(following.end().status()).isEqualTo(3);
        }
    }

    @Test
    void aDiffIsWrittenByteByByteForWhoAppliesIt() {
        String task = ci.run("task", "run", "-d", "-r", "app", "-a", "demo", "demo: run printf '\\351\\n' >latin-1.txt")
                .out()
                .strip();
        world.awaitDone(task, -1);
        Path file = home.resolve("latin-1.diff");
        assertThat(ci.runInto(file, "task", "diff", task).status()).isZero();
        assertThat(file).content(StandardCharsets.ISO_8859_1).contains("+++ b/latin-1.txt", "+\u00e9\n");
    }

    @Test
    void anIdempotencyKeyGivesOneTaskToAJobThatRunsTwice() {
        String[] job = {"task", "run", "-d", "-r", "app", "-a", "demo", "--idempotency-key", "job-7", "demo: text 1 0"};
        assertThat(ci.run(job).out()).isEqualTo(ci.run(job).out());
    }

    @Test
    void whatIsWrongIsSaidBesideTheOutputWithItsExitStatus() throws Exception {
        CommandLineUser nobody = new CommandLineUser(Files.createDirectory(home.resolve("nobody")), Map.of());
        assertThat(nobody.run("task", "list").status()).isEqualTo(3);
        assertThat(nobody.run("task", "list").notes()).startsWith("Nobody is signed in.");
        assertThat(ci.run("task", "run", "-r", "nowhere", "-a", "demo", "x"))
                .matches(it ->
                        it.status() == 3 && it.out().isEmpty() && it.notes().contains("repository"));
        assertThat(ci.run("task", "show", "../../settings").status()).isEqualTo(2);
        assertThat(ci.run("task", "list", "--limit", "none").status()).isEqualTo(2);
        assertThat(ci.run("task", "run", "x").notes()).startsWith("Missing required option: '--repository");
        assertThat(ci.run("task").status()).isEqualTo(2);
        CommandLineUser stranger = new CommandLineUser(
                home, Map.of("SESAME_URL", world.server.base().toString(), "SESAME_API_KEY", "sk_wrong"));
        assertThat(stranger.run("task", "list"))
                .matches(it -> it.status() == 3 && it.notes().contains("answers 401"));
        CommandLineUser careless = new CommandLineUser(home, Map.of("SESAME_API_KEY", "sk_two\nlines"));
        assertThat(careless.run("task", "list"))
                .matches(it -> it.status() == 3
                        && !it.notes().contains("lines\n")
                        && it.notes().contains("no key"));
    }

    private static String awaitTask(Running running) {
        await("its id", () -> running.notes().contains(" at "));
        String task = running.notes().replaceAll("(?s)(task_\\w+) at .*", "$1");
        awaitPhase(task, "running");
        return task;
    }

    private static void awaitPhase(String task, String phase) {
        await(phase, () -> world.get(task).path("phase").asText().equals(phase));
    }

    private static List<Long> seqs(List<String> events) throws Exception {
        List<Long> seqs = new java.util.ArrayList<>();
        for (String event : events) {
            seqs.add(JSON.readTree(event).path("seq").asLong(-1));
        }
        return seqs;
    }

    private static List<Long> upTo(int n) {
        return LongStream.range(0, n).boxed().toList();
    }
}
