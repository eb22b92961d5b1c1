package dev.sesame.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OutputJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every capture against the events it is to give (`<name>.expected.jsonl`). After an intended change:
/// `mvn test -Dtest=ClaudeGoldenTest -Dgoldens.write=true`, then read the difference.
class ClaudeGoldenTest {

    /// The lines that may come to nothing, and why. `type/subtype` or, of a stream event, `stream_event/type`.
    private static final Map<String, String> FOLDED = Map.ofEntries(
            Map.entry("stream_event/message_start", "a frame"),
            Map.entry("stream_event/content_block_start", "a frame; of a tool call it is an event"),
            Map.entry("stream_event/content_block_delta", "input and signatures: the whole block has them"),
            Map.entry("stream_event/content_block_stop", "a frame"),
            Map.entry("stream_event/message_delta", "usage: the result has it"),
            Map.entry("stream_event/message_stop", "a frame"),
            Map.entry("assistant/", "a block whose pieces were forwarded, or an API error that the result repeats"),
            Map.entry("user/sub-agent", "a sub-agent's order, which the call that started it shows"),
            Map.entry("system/init", "said again at each turn"),
            Map.entry("system/status", "that a request is made; a change of mode is an event"),
            Map.entry("system/thinking_tokens", "a counter"),
            Map.entry("system/task_started", "a tool in the foreground, whose call is an event"),
            Map.entry("system/task_notification", "the tool's result says it"),
            Map.entry("system/task_progress", "the sub-agent's tool calls are events"),
            Map.entry("system/task_updated", "the tool's result says it"),
            Map.entry("system/hook_started", "its response follows"),
            Map.entry("system/hook_response", "a hook that went well"),
            Map.entry("control_response/", "our request was carried out"),
            Map.entry("rate_limit_event/", "all is well"));

    static List<Capture> captures() {
        return Capture.of("claude");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void capturesComeToTheEventsThatWereReviewed(Capture capture) {
        List<AgentOutput> outputs =
                new Rehearsal(capture).perform().stream().flatMap(List::stream).toList();

        List<String> actual = OutputJson.lines(outputs);
        assertThat(actual).isEqualTo(OutputJson.golden(capture.expected(), actual));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void noLineIsDroppedExceptByIntent(Capture capture) {
        List<List<AgentOutput>> steps = new Rehearsal(capture).perform();
        for (int i = 0; i < capture.lines().size(); i++) {
            Capture.Line line = capture.lines().get(i);
            if (line.fromAgent() && steps.get(i + 1).isEmpty()) {
                assertThat(FOLDED).as(line.text()).containsKey(kind(line.json()));
            }
        }
    }

    private static String kind(JsonNode line) {
        String type = Json.text(line, "type", "");
        String subtype = type.equals("stream_event")
                ? Json.text(line.path("event"), "type", "")
                : Json.text(line, "subtype", "");
        if (type.equals("user") && line.hasNonNull("parent_tool_use_id")) {
            return "user/sub-agent";
        }
        return type + "/" + subtype;
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aConversationTakenUpAtAnyLineGoesOnTheSame(Capture capture) {
        List<List<AgentOutput>> whole = new Rehearsal(capture).perform();
        for (int cut = 0; cut <= whole.size(); cut++) {
            List<List<AgentOutput>> before = whole.subList(0, cut);
            List<List<AgentOutput>> again = new Rehearsal(capture).perform();
            List<List<AgentOutput>> log = new ArrayList<>(before);
            log.addAll(again.subList(cut, again.size()));
            assertThat(log).isEqualTo(whole);
        }
    }
}
