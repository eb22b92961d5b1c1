package dev.sesame.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What must be true of every agent: the rows of the table, in its order. Each looks at what one act came to.
@SuppressWarnings("ImmutableEnumChecker") // checks are functions of what they are given
enum Probe {
    DELTAS("Text in deltas", Act.WORK, Probe::speaksInDeltas),
    THINKING(
            "Thinking",
            Act.WORK,
            (who, played) -> assertThat(played.attempt(1)
                            .events("thinking")
                            .map(event -> event.path("thinkingText").asText())
                            .collect(Collectors.joining()))
                    .contains("First create the file")),
    EDIT("A file is edited, committed and pushed", Act.WORK, (who, played) -> {
        assertThat(first(played).path("isError").asBoolean(true)).isFalse();
        assertThat(played.note("hello.txt")).startsWith("hello from the model");
    }),
    OUTPUT(
            "A command's output",
            Act.WORK,
            (who, played) -> assertThat(
                            results(played.attempt(1)).get(1).path("output").asText())
                    .contains("out-line-1", "out-line-2", "err-line")),
    FAILING(
            "A failing tool is shown as failed",
            Act.WORK,
            (who, played) -> assertThat(
                            results(played.attempt(1)).get(2).path("isError").asBoolean())
                    .isTrue()),
    EXIT_STATUS(
            "The exit status of a command",
            Act.WORK,
            (who, played) -> assertThat(
                            results(played.attempt(1)).get(2).path("exitCode").asInt())
                    .isEqualTo(3)),
    PARALLEL("Tools in parallel", Act.PARALLEL, (who, played) -> {
        assertThat(results(played))
                .hasSize(2)
                .noneMatch(result -> result.path("isError").asBoolean());
        assertThat(results(played))
                .extracting(result -> result.path("callId").asText())
                .doesNotHaveDuplicates();
        assertThat(played.messages()).endsWith("Both ran.");
    }),
    MODEL(
            "The model is chosen",
            Act.WORK,
            (who, played) -> assertThat(played.note("model")).contains(who.asked())),
    TOKENS(
            "Tokens are counted",
            Act.WORK,
            (who, played) -> assertThat(
                            played.task().path("usage").path("inputTokens").asInt())
                    .isPositive()),
    ALLOWED("Permission: allowed", Act.ASK, (who, played) -> {
        assertThat(decisions(played).getFirst()).isEqualTo("allow by " + played.note("user"));
        assertThat(played.note("hello.txt")).startsWith("hello from the model");
    }),
    DENIED("Permission: denied, and it goes on without", Act.ASK, (who, played) -> {
        assertThat(decisions(played).getLast()).isEqualTo("deny by " + played.note("user"));
        assertThat(results(played).getLast().path("isError").asBoolean()).isTrue();
        assertThat(played.note("created-by-bash")).isEmpty();
        assertThat(played.status()).isEqualTo("completed");
        assertThat(played.messages()).isNotEmpty();
    }),
    ALWAYS("Permission: allowed always, not asked again", Act.ALWAYS, (who, played) -> {
        assertThat(played.status()).isEqualTo("completed");
        assertThat(played.all("permission_request", "permissionRequest")).hasSize(1);
        assertThat(played.messages().stream().filter("Finished without."::equals))
                .hasSize(2);
    }),
    UNANSWERED("Permission: unanswered, denied when its time is over", Act.UNANSWERED, (who, played) -> {
        assertThat(decisions(played)).containsExactly("deny by timeout");
        assertThat(played.status()).isEqualTo("completed");
    }),
    ANSWERED_LATER("Permission: answered after the server was killed", Act.KILLED, Probe::outlivesTheServer),
    ASKED_MEANWHILE(
            "Permission: asked while the server was killed, answered when it is back",
            Act.ASKED_MEANWHILE,
            (who, played) -> {
                assertThat(decisions(played))
                        .containsExactly("allow by " + played.note("user"), "allow by " + played.note("user"));
                assertThat(played.status()).isEqualTo("completed");
                assertThat(played.task().path("attempt").asInt()).isEqualTo(1);
                assertThat(played.note("hello.txt")).startsWith("hello from the model");
                tellsAllOnce(who, played);
            }),
    NOTHING_TWICE(
            "The server is killed right after an answer: nothing lost, nothing twice", Act.KILLED, Probe::tellsAllOnce),
    FOLLOW_UP("A follow-up in the same session", Act.ALWAYS, (who, played) -> {
        assertThat(played.events("done")).hasSize(1);
        assertThat(played.events("permission_request")).isNotEmpty();
        assertThat(played.messages().stream().filter("A command."::equals)).hasSize(2);
    }),
    FOLLOW_UP_LATER("A follow-up after its end, in its session", Act.WORK, (who, played) -> {
        assertThat(played.attempt(2).messages()).containsExactly("This is the follow-up answer.");
        assertThat(played.attempt(2).logged("warning")).noneMatch(line -> line.contains("as context"));
        assertThat(played.attempt(2).events("tool_call")).as("of the past").isEmpty();
        assertThat(played.note("second request")).contains("[[mock:full]]");
    }),
    SESSION_LOST(
            "A follow-up when its session is gone: begins anew, with the messages as context",
            Act.WORK,
            (who, played) -> {
                assertThat(played.attempt(3).messages()).containsExactly("This is the follow-up answer.");
                assertThat(played.attempt(3).logged("warning"))
                        .anyMatch(line -> line.contains("earlier messages as context"));
                assertThat(played.note("third request")).contains("earlier conversation", "[[mock:full]]");
            }),
    CANCEL_TOOL(
            "Cancelled while a tool runs: within 3 s, nothing left alive", Act.CANCELLED_AT_A_TOOL, Probe::endsAtOnce),
    CANCEL_WORDS("Cancelled while it speaks", Act.CANCELLED_AT_WORDS, Probe::endsAtOnce),
    REJECTED("A rejected key is told with where to renew it", Act.REJECTED, (who, played) -> {
        assertThat(played.code()).isEqualTo("credential_rejected");
        assertThat(played.task().path("error").path("message").asText()).contains("Settings");
    }),
    LIMITED(
            "Status 429 of the model",
            Act.LIMITED,
            (who, played) -> assertThat(played.code()).isEqualTo("rate_limited")),
    BROKEN(
            "Status 500 of the model",
            Act.BROKEN,
            (who, played) -> assertThat(played.code()).isEqualTo("model_unavailable")),
    DROPPED(
            "A connection that breaks",
            Act.DROPPED,
            (who, played) -> assertThat(played.code()).isEqualTo("model_unavailable")),
    MCP("A tool of an MCP server", Act.MCP, (who, played) -> {
        assertThat(results(played)).singleElement().satisfies(result -> {
            assertThat(result.path("name").asText()).isEqualTo("greeter.greet");
            assertThat(result.path("output").asText()).contains("Hello Ada");
        });
        assertThat(played.status()).isEqualTo("completed");
    }),
    UNKNOWN("A line of an unknown kind is kept, and counted by version", Act.NEWER, (who, played) -> {
        assertThat(played.status()).isEqualTo("completed");
        assertThat(played.messages()).isNotEmpty();
        assertThat(played.logged("info")).anyMatch(line -> line.contains(Newer.KIND) && line.contains("sunny"));
        assertThat(played.note("counted").lines())
                .anyMatch(line -> line.contains(who.agent()) && line.contains(Newer.KIND + " (1×"));
    }),
    HUGE("Output larger than an event may hold", Act.HUGE, (who, played) -> {
        JsonNode result = results(played).getFirst();
        String output = result.path("output").asText();
        assertThat(output.length()).isBetween(1, 64 << 10);
        assertThat(played.status()).isEqualTo("completed");
    });

    private final String title;
    private final Act act;
    private final Check check;

    Probe(String title, Act act, Check check) {
        this.title = title;
        this.act = act;
        this.check = check;
    }

    @FunctionalInterface
    interface Check {
        void of(Candidate who, Played played);
    }

    String title() {
        return title;
    }

    /// Whether it looks at what comes after the first end of its task.
    boolean follows() {
        return this == FOLLOW_UP_LATER || this == SESSION_LOST;
    }

    Act act() {
        return act;
    }

    void check(Candidate who, Played played) {
        check.of(who, played);
    }

    private static void speaksInDeltas(Candidate who, Played played) {
        assertThat(played.attempt(1).messages())
                .containsExactly(
                        "I will create hello.txt.",
                        "Now I run a command.",
                        "All done: hello.txt created, command ran, one tool failed.");
        long pieces = played.attempt(1).events("message").count();
        assertThat(pieces).as("pieces of 3 messages").isGreaterThan(3);
    }

    private static void outlivesTheServer(Candidate who, Played played) {
        assertThat(played.note("phase after the kill")).isEqualTo("awaiting_permission");
        assertThat(decisions(played))
                .containsExactly("allow by " + played.note("user"), "allow by " + played.note("user"));
        assertThat(played.status()).isEqualTo("completed");
        assertThat(played.task().path("attempt").asInt()).isEqualTo(1);
        assertThat(played.note("hello.txt")).startsWith("hello from the model");
    }

    private static void tellsAllOnce(Candidate who, Played played) {
        for (int i = 0; i < played.log().size(); i++) {
            assertThat(played.log().get(i).path("seq").asInt()).isEqualTo(i);
        }
        assertThat(played.events("done")).hasSize(1);
        assertThat(played.messages())
                .containsExactly("I will write a file.", "And a command.", "Finished after permissions.");
        assertThat(results(played)).hasSize(2);
    }

    private static void endsAtOnce(Candidate who, Played played) {
        assertThat(Long.parseLong(played.note("milliseconds"))).isLessThan(3_000);
        assertThat(played.note("left alive")).isEmpty();
        assertThat(played.note("alive at the end")).isEmpty();
        assertThat(played.code()).isEqualTo("cancelled");
        Set<String> open = played.all("tool_call", "toolCall").stream()
                .map(call -> call.path("callId").asText())
                .collect(Collectors.toSet());
        assertThat(results(played))
                .extracting(result -> result.path("callId").asText())
                .containsAll(open);
    }

    private static JsonNode first(Played played) {
        return results(played).getFirst();
    }

    private static List<JsonNode> results(Played played) {
        return played.all("tool_result", "toolResult");
    }

    private static List<String> decisions(Played played) {
        return played.all("permission_response", "permissionResponse").stream()
                .map(response -> response.path("decision").asText() + " by "
                        + response.path("decidedBy").asText())
                .toList();
    }
}
