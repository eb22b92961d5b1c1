package dev.sesame.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.sandbox.Runs;
import dev.sesame.task.TaskWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The terminal by the public API alone: a real shell in the real sandbox.
final class TerminalIT {
    private static final String SECRET = "sk-ant-terminal-0123456789";
    private static final String WAITS = "demo: ask Go on?\ndemo: run echo after";

    private static final Map<String, Object> ASK = Map.of("permissionMode", "ask");

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of("ANTHROPIC_API_KEY", SECRET, "TASKS_MAX_RUNNING", "10"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aShellIsOpenedTypedInAndSized() {
        String id = waiting();
        try (Screen screen = new Screen(world.user(), id)) {
            assertThat(resize(id, 33, 99).status()).isEqualTo(204);
            screen.untilState("\"shell\":true,\"rows\":33,\"cols\":99,\"number\":1}");
            type(id, "stty size; tty; pwd; id -un; hostname; echo \"$TERM-$((6 * 7))\"\r");
            assertThat(screen.until("-42"))
                    .contains("33 99", "/dev/pts/0", "/workspace", "agent", "sandbox", "xterm-256color-42");
            assertThat(resize(id, 20, 70).status()).isEqualTo(204);
            screen.untilState("\"rows\":20,\"cols\":70");
            type(id, "stty size | tr ' ' x\r");
            screen.until("20x70");

            type(id, "echo g\"\"o; cat; echo clo\"\"sed\r");
            screen.until("go\r\n");
            type(id, "gr\u00fc\u00df dich\r");
            screen.until("gr\u00fc\u00df dich\r\ngr\u00fc\u00df dich");
            type(id, "\u0004");
            screen.until("closed\r\n");
            type(id, "exit 3\r");
            screen.untilState("\"shell\":false");
            type(id, "echo again-$((1 + 1))\r");
            screen.untilState("\"shell\":true,\"rows\":24,\"cols\":80,\"number\":2}");
            screen.until("again-2");
        } finally {
            end(id);
        }
    }

    @Test
    void itIsTheAgentsSandboxAndGetsNoCredential() {
        String id = waiting();
        try (Screen screen = new Screen(world.user(), id)) {
            type(id, "env | sort; grep NoNewPrivs /proc/self/status; ls /proc/1/exe; cat README.md\r");
            type(id, "echo java-$(ps ax | grep -c '[j]ava'); echo en\"\"d\r");
            String shown = screen.until("end");
            assertThat(shown)
                    .contains("NoNewPrivs:\t1", "HOME=/home/agent")
                    .doesNotContain("ANTHROPIC", "GITHUB", "PAT=");
            assertThat(shown).containsPattern("java-[1-9]");
        } finally {
            end(id);
        }
    }

    @Test
    void itGoesOnWhileTheServerIsAwayAndNothingIsMissingOrTwice() throws Exception {
        String id = waiting();
        try (Screen screen = new Screen(world.user(), id)) {
            type(id, "for n in $(seq 400); do echo \"line $n.\"; sleep 0.01; done; echo fini\"\"shed\r");
            screen.until("line 20.");
            world.server.kill();
            screen.rest();
            world.server.restart();
            screen.reconnect();
            screen.until("finished");
            List<String> lines = screen.text()
                    .lines()
                    .filter(line -> line.matches("line \\d+\\."))
                    .toList();
            assertThat(lines)
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 400)
                            .mapToObj(n -> "line " + n + ".")
                            .toList());
            type(id, "echo still-$((40 + 2))\r");
            screen.until("still-42");
            world.server.stop();
            world.server.restart();
            type(id, "echo still-$((40 + 3))\r");
            screen.reconnect();
            screen.until("still-43");

            try (Screen second = new Screen(world.user(), id)) {
                second.until("still-43");
                assertThat(second.bytes()).startsWith(screen.bytes());
            }
        } finally {
            end(id);
        }
    }

    @Test
    void whatIsSentAgainIsTypedOnceAlsoByTheNextServer() throws Exception {
        String id = waiting();
        try (Screen screen = new Screen(world.user(), id)) {
            for (int n = 0; n < 2; n++) {
                assertThat(again(id, "a", "echo once-$((1 + 1))\r", "one").status())
                        .isEqualTo(204);
            }
            assertThat(again(id, "b", "exit\r", "one").status()).isEqualTo(204);
            screen.until("The shell has ended");
            assertThat(again(id, "c", "echo next-$((1 + 1))\r", "one").status()).isEqualTo(204);
            screen.until("next-2");
            world.server.kill();
            screen.rest();
            world.server.restart();
            screen.reconnect();
            screen.untilState("\"shell\":true");
            Runs.await(
                    "the shell",
                    () -> again(id, "d", "echo la\"\"st\r", "other").status() == 204);
            // The other writes now, but this was taken long ago.
            assertThat(again(id, "a", "echo once-$((1 + 1))\r", "one").status()).isEqualTo(204);
            assertThat(again(id, "b", "exit\r", "one").status()).isEqualTo(204);
            assertThat(again(id, "c", "echo next-$((1 + 1))\r", "one").status()).isEqualTo(204);
            assertThat(again(id, "e", "x", "one").status()).isEqualTo(409);
            Answer mistaken = again(id, "a", "echo other\r", "other");
            assertThat(mistaken.status()).isEqualTo(422);
            assertThat(mistaken.text("detail")).contains("Idempotency-Key");
            type(id, "echo fini\"\"shed\r", "other");
            assertThat(screen.until("finished"))
                    .containsOnlyOnce("once-2")
                    .containsOnlyOnce("next-2")
                    .containsOnlyOnce("last")
                    .containsOnlyOnce("The shell has ended");
        } finally {
            end(id);
        }
    }

    @Test
    void itEndsWithTheTaskAndStaysReadable() {
        String id = waiting();
        String word = "3" + System.nanoTime() % 1_000_000;
        try (Screen screen = new Screen(world.user(), id)) {
            type(
                    id,
                    "trap '' HUP TERM; (trap '' HUP; exec setsid sleep " + word + ") & nohup sleep " + word
                            + " & disown -a; echo rea\"\"dy\r");
            screen.until("ready");
            // The shell says so before its children have become what they are to be.
            Runs.await("both sleep", () -> sleeping(word) == 2);
            answer(id);
            String all = screen.rest();
            assertThat(all).contains("[The shell has ended.]");
            assertThat(screen.state()).contains("\"shell\":false");
            assertThat(sleeping(word)).isZero();
            try (Screen later = new Screen(world.user(), id)) {
                assertThat(later.rest()).isEqualTo(all);
            }
            String path = "/api/tasks/" + id + "/terminal/stream";
            String last = Integer.toString(screen.bytes().length);
            assertThat(world.user().with("Last-Event-ID", last).get(path).status())
                    .isEqualTo(204);
            assertThat(world.user().get(path + "?lastEventId=" + last).status()).isEqualTo(204);
            for (String bad : List.of("-1", "x", "1.5", "99999999")) {
                assertThat(world.user().with("Last-Event-ID", bad).get(path).status())
                        .as(bad)
                        .isEqualTo(400);
            }
            assertThat(type(id, "ls\r", null).text("detail")).contains("is over");
            assertThat(resize(id, 24, 80).status()).isEqualTo(409);
        }
    }

    @Test
    void whereNothingWasShownAReaderOfAnEndedTaskIsToldToStop() {
        String id = world.create("demo: write a.txt 5");
        world.follow(id);
        String path = "/api/tasks/" + id + "/terminal/stream";

        assertThat(world.user().get(path).status()).isEqualTo(204);
        assertThat(world.user().get(path + "?lastEventId=0").status()).isEqualTo(204);
        assertThat(world.user().with("Last-Event-ID", "1").get(path).status()).isEqualTo(400);
    }

    @Test
    void whatTheAgentsCommandsPrintIsThereWhileNoShellIsOpen() {
        String id = world.create("demo: run echo one; echo two; exit 4\ndemo: ask Go on?\ndemo: run echo after", ASK);
        try (Screen screen = new Screen(world.user(), id)) {
            String shown = screen.until("[exit 4]");
            assertThat(shown).contains("$ echo one; echo two; exit 4", "one\r\ntwo\r\n");
            world.awaitEvent(id, "permission_request");
            answer(id);
            assertThat(screen.rest()).containsOnlyOnce("$ echo after").contains("after\r\n");
        }
    }

    @Test
    void secretsAreMaskedWithEqualLength() {
        String id = waiting();
        try (Screen screen = new Screen(world.user(), id)) {
            type(id, "printf 'sk-ant-termi'; sleep 0.3; printf 'nal-0123456789|\\n'; echo en\"\"d\r");
            assertThat(screen.until("end"))
                    .contains("*".repeat(SECRET.length()) + "|")
                    .doesNotContain(SECRET);
        } finally {
            end(id);
        }
    }

    @Test
    void oneWritesAtATimeAndAllSee() {
        String id = waiting();
        try (Screen one = new Screen(world.user(), id);
                Screen two = new Screen(world.user(), id)) {
            assertThat(type(id, "echo fr\"\"om-a\r", "a").status()).isEqualTo(204);
            Answer refused = type(id, "echo from-b\r", "b");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("type")).isEqualTo("urn:sesame:error:conflict");
            assertThat(refused.text("detail")).contains("Somebody else writes", "10 s");
            one.until("from-a\r\n");
            two.until("from-a\r\n");
            assertThat(type(id, "echo more\r", "a").status()).isEqualTo(204);
        } finally {
            end(id);
        }
    }

    @Test
    void nonsenseIsRefusedNamingTheField() {
        String id = waiting();
        String input = "/api/tasks/" + id + "/terminal/input";
        String resize = "/api/tasks/" + id + "/terminal/resize";
        try {
            refused(input, "{}", "data is required");
            refused(input, "{\"data\":\"\"}", "data must have");
            refused(input, "{\"data\":5}", "data");
            refused(input, "{\"data\":\"\\ud800\"}", "data");
            refused(input, "{\"data\":\"" + "x".repeat(16_385) + "\"}", "data must have");
            refused(input, "{\"data\":\"x\",\"writer\":\"\"}", "writer");
            refused(input, "{\"data\":\"x\",\"writer\":\"a\\nb\"}", "writer");
            refused(input, "{\"data\":\"x\",\"other\":1}", "other");
            assertThat(again(id, "x".repeat(256), "x", "a").text("detail")).startsWith("Idempotency-Key must have");
            refused(resize, "{\"rows\":24}", "cols is required");
            refused(resize, "{\"rows\":0,\"cols\":80}", "rows must be");
            refused(resize, "{\"rows\":501,\"cols\":80}", "rows must be");
            refused(resize, "{\"rows\":24,\"cols\":1001}", "cols must be");
            refused(resize, "{\"rows\":\"24\",\"cols\":80}", "rows");
            refused(resize, "{\"rows\":2.5,\"cols\":80}", "rows");
            try (Screen screen = new Screen(world.user(), id)) {
                screen.untilState("\"shell\":false"); // nothing of that opened one
                type(id, "echo g\"\"o; od -An -tx1 | head -1\r");
                screen.until("go\r\n");
                type(id, "\u0016\u0000\\0101%s\r");
                type(id, "\u0004");
                screen.until("00 5c 30 31 30 31 25 73 0a");
            }
        } finally {
            end(id);
        }
        assertThat(world.user()
                        .post("/api/tasks/task_nobodys0000/terminal/input", Map.of("data", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aShellThatPrintsTooMuchIsEndedAndThatIsSaid() {
        try (TaskWorld small = new TaskWorld(Map.of("TASKS_MAX_TERMINAL_BYTES", "100000"))) {
            String id = small.create(WAITS, ASK);
            small.awaitEvent(id, "permission_request");
            try (Screen screen = new Screen(small.user(), id)) {
                String path = "/api/tasks/" + id + "/terminal/input";
                assertThat(small.user()
                                .post(path, Map.of("data", "yes too much\r"))
                                .status())
                        .isEqualTo(204);
                screen.until("tasks.maxTerminalBytes");
                screen.untilState("\"shell\":false");
                assertThat(screen.bytes().length).isBetween(90_000, 101_000);
                assertThat(small.user().post(path, Map.of("data", "x")).text("detail"))
                        .contains("all it may");
            }
        }
    }

    private static void refused(String path, String body, String detail) {
        Answer answer = world.user().send("POST", path, body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.text("detail")).as(body).contains(detail);
    }

    /// A task whose agent waits for an answer.
    private static String waiting() {
        String id = world.create(WAITS, ASK);
        world.awaitEvent(id, "permission_request");
        return id;
    }

    private static void answer(String id) {
        String request = world.awaitEvent(id, "permission_request")
                .at("/permissionRequest/requestId")
                .asText();
        Answer answer = world.user().post("/api/tasks/" + id + "/permissions/" + request, Map.of("decision", "allow"));
        assertThat(answer.status()).isEqualTo(200);
    }

    private static void end(String id) {
        assertThat(world.user().post("/api/tasks/" + id + "/cancel", Map.of()).status())
                .isEqualTo(200);
    }

    private static void type(String id, String keys) {
        Answer answer = type(id, keys, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    private static Answer type(String id, String keys, @Nullable String writer) {
        Map<String, Object> body = new HashMap<>(Map.of("data", keys));
        if (writer != null) {
            body.put("writer", writer);
        }
        return world.user().post("/api/tasks/" + id + "/terminal/input", body);
    }

    private static Answer again(String id, String key, String keys, String writer) {
        return world.user()
                .with("Idempotency-Key", key)
                .post("/api/tasks/" + id + "/terminal/input", Map.of("data", keys, "writer", writer));
    }

    private static Answer resize(String id, int rows, int columns) {
        HttpUser user = world.user();
        return user.post("/api/tasks/" + id + "/terminal/resize", Map.of("rows", rows, "cols", columns));
    }

    private static long sleeping(String word) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep " + word))
                .count();
    }
}
