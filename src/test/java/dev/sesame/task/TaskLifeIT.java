package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.SseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The life of tasks by the public API alone, against the built server, with real git and the real sandbox.
final class TaskLifeIT {

    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_task_goes_from_prompt_to_pushed_branch() {
        Answer created =
                world.user().post("/api/tasks", TaskWorld.body("demo: text 3 1\ndemo: write src/new.txt 20", Map.of()));
        assertThat(created.status()).isEqualTo(201);
        String id = created.text("id");
        assertThat(id).matches("task_[0-9a-z]{12,}");
        assertThat(created.header("location")).endsWith("/api/tasks/" + id);
        assertThat(created.text("status")).isEqualTo("pending");
        assertThat(created.json()).hasSize(2);

        List<JsonNode> events = world.follow(id);
        assertThat(events).extracting(e -> e.path("seq").asInt()).isEqualTo(upTo(events.size()));
        assertThat(events.getFirst().path("kind").asText()).isEqualTo("status");
        assertThat(events.getFirst().path("status").asText()).isEqualTo("processing");
        assertThat(events.getFirst().path("progress").asInt(-1)).isZero();
        assertThat(events.getLast().path("kind").asText()).isEqualTo("done");
        assertThat(events.getLast().path("status").asText()).isEqualTo("completed");

        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.path("branch").asText()).isEqualTo("sesame/" + id.replace('_', '-'));
        assertThat(task.path("baseBranch").asText()).isEqualTo("main");
        assertThat(task.path("progress").asInt()).isEqualTo(100);
        assertThat(task.path("messages").path(0).path("role").asText()).isEqualTo("assistant");
        assertThat(task.path("messages").path(0).path("content").asText()).isEqualTo("1 2 3 ");
        for (String time : List.of("createdAt", "startedAt", "completedAt", "updatedAt")) {
            assertThat(task.path(time).asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void the_pushed_branch_has_the_work_by_the_user_and_the_diff_shows_it() {
        String id = world.create("demo: write src/new.txt 20");
        world.follow(id);
        JsonNode task = world.get(id);
        String branch = task.path("branch").asText();
        assertThat(world.repository.run("rev-parse", branch))
                .isEqualTo(task.path("commit").asText());
        assertThat(world.repository.run("diff", "--name-only", "main", branch)).isEqualTo("src/new.txt");
        assertThat(world.repository.run("log", "-1", "--format=%an <%ae>", branch))
                .isEqualTo("Ada Admin <ada@example.com>");
        Answer diff = world.user().get("/api/tasks/" + id + "/diff");
        assertThat(diff.header("content-type")).startsWith("text/x-diff");
        assertThat(diff.body()).contains("+++ b/src/new.txt");
    }

    @Test
    void a_stream_resumes_after_any_event_and_says_when_nothing_more_can_come() {
        String id = world.create("demo: text 20 5");
        List<JsonNode> all = world.follow(id);
        for (int after = 0; after < all.size() - 1; after++) {
            try (SseReader stream = world.user().stream("/api/tasks/" + id + "/stream", Integer.toString(after))) {
                assertThat(stream.rest().stream().map(SseReader.Event::json).toList())
                        .isEqualTo(all.subList(after + 1, all.size()));
            }
        }
        String last = Integer.toString(all.size() - 1);
        String path = "/api/tasks/" + id + "/stream";
        assertThat(world.user().with("Last-Event-ID", last).get(path).status()).isEqualTo(204);
        assertThat(world.user().get(path + "?lastEventId=" + last).status()).isEqualTo(204);
        for (String bad : List.of("-1", "x", "1.5", "99999")) {
            Answer answer = world.user().with("Last-Event-ID", bad).get(path);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text("type")).isEqualTo("urn:sesame:error:bad-request");
        }
    }

    @Test
    void full_text_is_in_each_message_event_or_on_wish_in_the_last() {
        String id = world.create("demo: text 9 30");
        StringBuilder each = new StringBuilder();
        for (JsonNode event : world.follow(id)) {
            if (event.path("kind").asText().equals("message")) {
                each.append(event.path("textDelta").asText());
                assertThat(event.path("fullText").asText()).isEqualTo(each.toString());
            }
        }
        assertThat(each.toString()).isEqualTo("1 2 3 4 5 6 7 8 9 ");
        try (SseReader stream = world.user().stream("/api/tasks/" + id + "/stream?fullText=last", null)) {
            List<String> full = stream.rest().stream()
                    .map(SseReader.Event::json)
                    .filter(e -> e.has("fullText"))
                    .map(e -> e.path("fullText").asText())
                    .toList();
            assertThat(full).containsExactly("1 2 3 4 5 6 7 8 9 ");
        }
    }

    @Test
    void an_agent_that_changes_nothing_completes_and_pushes_nothing() {
        String id = world.create("demo: text 1 1");
        List<JsonNode> events = world.follow(id);
        assertThat(events)
                .anySatisfy(e -> assertThat(e.path("logMessage").asText()).contains("changed nothing"));
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.has("commit")).isFalse();
        assertThat(world.repository.run("branch", "--list", task.path("branch").asText()))
                .isBlank();
    }

    @Test
    void an_agent_that_crashes_fails_the_task_once_and_a_retry_goes_on_in_the_same_log() {
        String id = world.create("demo: write kept.txt 10\ndemo: crash 3");
        List<JsonNode> first = world.follow(id);
        assertThat(kinds(first)).containsOnlyOnce("done").endsWith("error", "done");
        JsonNode failed = world.get(id);
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").path("code").asText()).isEqualTo("agent_crashed");

        Answer retried = world.user().post("/api/tasks/" + id + "/retry", null);
        assertThat(retried.status()).isEqualTo(200);
        assertThat(retried.text("status")).isEqualTo("pending");
        world.awaitDone(id, first.size() - 1);
        List<JsonNode> both = world.follow(id);
        assertThat(both.subList(0, first.size())).isEqualTo(first);
        assertThat(both).extracting(e -> e.path("seq").asInt()).isEqualTo(upTo(both.size()));
        assertThat(kinds(both)).filteredOn("done"::equals).hasSize(2);
        assertThat(world.get(id).path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void a_completed_task_can_not_be_retried_or_cancelled() {
        String id = world.create("demo: text 1 1");
        world.follow(id);
        assertThat(world.user().post("/api/tasks/" + id + "/retry", null).status())
                .isEqualTo(409);
        assertThat(world.user().post("/api/tasks/" + id + "/cancel", null).status())
                .isEqualTo(409);
    }

    @Test
    void a_cancelled_task_is_failed_with_its_work_kept_and_nothing_alive() {
        String id = world.create("demo: write half.txt 10\ndemo: fork 3\ndemo: stubborn\ndemo: run sleep 300");
        world.awaitEvent(id, "tool_result");
        Answer cancelled = world.user().post("/api/tasks/" + id + "/cancel", null);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("failed");
        assertThat(cancelled.json().path("error").path("code").asText()).isEqualTo("cancelled");
        List<JsonNode> events = world.follow(id);
        assertThat(kinds(events)).containsOnlyOnce("done").endsWith("error", "done");
        assertThat(openCalls(events)).isEmpty();
        assertThat(world.user().get("/api/tasks/" + id + "/diff").body()).contains("half.txt");
        assertThat(processesNaming(id)).isEmpty();
        assertThat(world.user().post("/api/tasks/" + id + "/cancel", null).status())
                .isEqualTo(409);
    }

    @Test
    void a_secret_in_the_prompt_is_in_no_commit() {
        String secret = "sk-ant-0123456789abcdef";
        assertThat(world.user()
                        .post("/api/api-keys", Map.of("provider", "anthropic", "key", secret))
                        .status())
                .isEqualTo(200);
        String id = world.create("demo: write a.txt 5\nUse " + secret);
        world.follow(id);
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
        assertThat(world.repository.run(
                        "log", "-1", "--format=%B", task.path("branch").asText()))
                .contains("Use [redacted]")
                .doesNotContain(secret);
    }

    /// At its very end too: there a cancel was answered, and the task completed all the same.
    @Test
    void a_cancel_that_was_answered_holds_whenever_it_came() {
        for (int i = 0; i < 20; i++) {
            String id = world.create(i % 2 == 0 ? "demo: text 1 1" : "demo: write a.txt 5");
            world.awaitEvent(id, i % 2 == 0 ? "message" : "tool_result");
            if (i % 3 == 0) {
                world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", "demo: text 1 1"));
            }
            Answer cancelled = world.user().post("/api/tasks/" + id + "/cancel", null);
            world.follow(id);
            JsonNode task = world.get(id);
            if (cancelled.status() == 200) {
                assertThat(task.path("error").path("code").asText()).isEqualTo("cancelled");
                assertThat(task.path("attempt").asInt()).isEqualTo(1);
            } else {
                assertThat(cancelled.status()).isEqualTo(409);
                assertThat(task.path("status").asText()).isEqualTo("completed");
            }
        }
    }

    @Test
    void a_permission_is_asked_answered_once_and_the_agent_goes_on() {
        String id =
                world.create("demo: ask Delete everything\ndemo: write after.txt 5", Map.of("permissionMode", "ask"));
        JsonNode request = world.awaitEvent(id, "permission_request").path("permissionRequest");
        assertThat(request.path("title").asText()).contains("Delete everything");
        assertThat(request.path("expiresAt").asText()).isNotEmpty();
        String path =
                "/api/tasks/" + id + "/permissions/" + request.path("requestId").asText();
        assertThat(world.user().post(path, Map.of("decision", "perhaps")).status())
                .isEqualTo(400);
        assertThat(world.user().post(path + "x", Map.of("decision", "allow")).status())
                .isEqualTo(404);
        assertThat(world.user()
                        .post(path, Map.of("decision", "deny", "message", "no"))
                        .status())
                .isEqualTo(200);
        assertThat(world.user().post(path, Map.of("decision", "allow")).status())
                .isEqualTo(409);
        List<JsonNode> events = world.follow(id);
        List<JsonNode> responses = events.stream()
                .map(e -> e.path("permissionResponse"))
                .filter(JsonNode::isObject)
                .toList();
        assertThat(responses).singleElement().satisfies(response -> {
            assertThat(response.path("decision").asText()).isEqualTo("deny");
            assertThat(response.path("message").asText()).isEqualTo("no");
            assertThat(response.path("decidedBy").asText()).startsWith("user");
        });
        assertThat(events)
                .extracting(e -> e.path("phase").asText())
                .containsSubsequence("running", "awaiting_permission", "running");
    }

    @Test
    void follow_ups_run_in_the_same_attempt_while_it_works_and_in_a_new_one_after() {
        String id = world.create("demo: write one.txt 5\ndemo: run echo Follow-up: x\ndemo: noise\ndemo: text 100 20");
        world.awaitEvent(id, "tool_result");
        String messages = "/api/tasks/" + id + "/messages";
        Answer queuedFirst = world.user().post(messages, Map.of("prompt", "demo: write two.txt 5"));
        assertThat(queuedFirst.status()).isEqualTo(201);
        Answer dropped = world.user().post(messages, Map.of("prompt", "demo: write never.txt 5"));
        assertThat(world.user().get(messages + "/queued").json().path("messages"))
                .hasSize(2);
        String queued = messages + "/queued/" + dropped.text("id");
        assertThat(world.user().delete(queued).status()).isEqualTo(204);
        assertThat(world.user().delete(queued).status()).isEqualTo(404);
        List<JsonNode> first = world.follow(id);
        assertThat(kinds(first)).containsOnlyOnce("done");
        assertThat(world.get(id).path("attempt").asInt()).isEqualTo(1);
        assertThat(first).filteredOn(e -> e.has("followUpId")).singleElement().satisfies(e -> {
            assertThat(e.path("followUpId").asText()).isEqualTo(queuedFirst.text("id"));
            assertThat(e.path("logMessage").asText()).isEqualTo("Follow-up: demo: write two.txt 5");
        });

        world.user().post(messages, Map.of("prompt", "demo: write three.txt 5"));
        world.awaitDone(id, first.size() - 1);
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.path("attempt").asInt()).isEqualTo(2);
        assertThat(task.path("messages"))
                .extracting(
                        m -> m.path("role").asText() + ":" + m.path("content").asText())
                .contains("user:demo: write two.txt 5", "user:demo: write three.txt 5");
        assertThat(world.repository
                        .run("diff", "--name-only", "main", task.path("branch").asText())
                        .lines())
                .containsExactlyInAnyOrder("one.txt", "three.txt", "two.txt");
    }

    @Test
    void follow_ups_that_a_failed_task_never_took_are_in_its_log_and_not_in_its_conversation() {
        String id = world.create("demo: ask Go on\ndemo: crash 3", Map.of("permissionMode", "ask"));
        JsonNode request = world.awaitEvent(id, "permission_request").path("permissionRequest");
        String path = "/api/tasks/" + id;
        for (String prompt : List.of("Never heard", "Nor this")) {
            world.user().post(path + "/messages", Map.of("prompt", prompt));
        }
        assertThat(messages(id)).containsExactly("user:Never heard", "user:Nor this");
        String decision = path + "/permissions/" + request.path("requestId").asText();
        world.user().post(decision, Map.of("decision", "allow"));
        List<JsonNode> first = world.follow(id);

        assertThat(first)
                .extracting(e -> e.path("logMessage").asText())
                .containsSubsequence(
                        "Not sent, since the task ended before: Never heard",
                        "Not sent, since the task ended before: Nor this");
        assertThat(world.user().get(path + "/messages/queued").json().path("messages"))
                .isEmpty();
        assertThat(messages(id)).isEmpty();
        world.user().post(path + "/messages", Map.of("prompt", "demo: text 2 1"));
        world.awaitDone(id, first.size() - 1);
        assertThat(messages(id)).containsExactly("user:demo: text 2 1", "assistant:1 2 ");
    }

    private static List<String> messages(String id) {
        List<String> messages = new ArrayList<>();
        world.get(id)
                .path("messages")
                .forEach(m -> messages.add(
                        m.path("role").asText() + ":" + m.path("content").asText()));
        return messages;
    }

    @Test
    void a_task_is_deleted_when_it_has_ended() {
        String id = world.create("demo: sleep 60000");
        world.awaitEvent(id, "status");
        assertThat(world.user().delete("/api/tasks/" + id).status()).isEqualTo(409);
        world.user().post("/api/tasks/" + id + "/cancel", null);
        world.awaitDone(id, -1);
        assertThat(world.user().delete("/api/tasks/" + id).status()).isEqualTo(204);
        assertThat(world.user().get("/api/tasks/" + id).status()).isEqualTo(404);
        assertThat(world.user().get("/api/tasks/" + id + "/stream").status()).isEqualTo(404);
    }

    private static List<String> kinds(List<JsonNode> events) {
        return events.stream().map(e -> e.path("kind").asText()).toList();
    }

    private static List<Integer> upTo(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    /// Tool calls that were never closed.
    private static List<String> openCalls(List<JsonNode> events) {
        List<String> open = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode call = event.path("toolCall");
            if (call.has("callId")) {
                open.remove(call.path("callId").asText());
                if (List.of("pending", "running").contains(call.path("state").asText())) {
                    open.add(call.path("callId").asText());
                }
            }
        }
        return open;
    }

    /// The host's processes with the task's id in their arguments: the supervisor and bubblewrap name its
    /// directory. What takes the directory away at that moment is none of the agent's.
    private static List<String> processesNaming(String id) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(id) && !line.startsWith("/usr/bin/rm "))
                .toList();
    }
}
