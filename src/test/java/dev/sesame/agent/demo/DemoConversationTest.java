package dev.sesame.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoConversationTest {
    private static final ObjectNode COMMAND =
            JsonNodeFactory.instance.objectNode().put("command", "ls");
    private static final Event REQUEST =
            new Event(new EventBody.PermissionRequest("2-ask5", "2-t4", "Bash", COMMAND, "List?", null));

    /// One whole turn, line by line, and what each line comes to; in `ask` mode, second attempt.
    private static final List<Map.Entry<String, List<AgentOutput>>> TURN = List.of(
            entry("{\"type\":\"session\",\"id\":\"demo-1\",\"earlier\":0}", List.of(new SessionStarted("demo-1"))),
            entry(
                    "{\"type\":\"thinking\",\"id\":\"m1\",\"delta\":\"Hm \"}",
                    List.of(new Event(new EventBody.Thinking("2-m1", "Hm ")))),
            entry(
                    "{\"type\":\"text\",\"id\":\"m2\",\"delta\":\"\\u00e9\\n\"}",
                    List.of(new Event(new EventBody.Message("2-m2", "é\n", false)))),
            entry(
                    "{\"type\":\"text\",\"id\":\"m2\",\"delta\":\"2 \",\"end\":true}",
                    List.of(new Event(new EventBody.Message("2-m2", "2 ", true)))),
            entry(
                    "{\"type\":\"tool\",\"id\":\"t4\",\"name\":\"Bash\",\"state\":\"pending\",\"description\":\"List\","
                            + "\"input\":{\"command\":\"ls\"}}",
                    List.of(new Event(new EventBody.ToolUse(bash("2-t4", ToolState.PENDING))))),
            entry("{\"type\":\"ask\",\"id\":\"ask5\",\"tool\":\"t4\",\"title\":\"List?\"}", List.of(REQUEST)),
            entry(
                    "{\"type\":\"tool\",\"id\":\"t4\",\"name\":\"Bash\",\"state\":\"running\",\"description\":\"List\","
                            + "\"input\":{\"command\":\"ls\"}}",
                    List.of(new Event(new EventBody.ToolUse(bash("2-t4", ToolState.RUNNING))))),
            entry(
                    "{\"type\":\"result\",\"id\":\"t4\",\"output\":\"a\\n\",\"error\":false," + "\"exitCode\":0}",
                    List.of(result("a\n", false, 0))),
            entry("", List.of()),
            entry("Segmentation fault", List.of(log(LogType.INFO, "Segmentation fault"))),
            entry("{\"type\":\"text\"} x", List.of(log(LogType.INFO, "{\"type\":\"text\"} x"))),
            entry("{\"type\":\"dream\"}", List.of(log(LogType.INFO, "{\"type\":\"dream\"}"))),
            entry("[1]", List.of(log(LogType.INFO, "[1]"))),
            entry("{\"type\":\"log\",\"message\":\"Hi\"}", List.of(log(LogType.INFO, "Hi"))),
            entry("{\"type\":\"usage\",\"input\":3,\"output\":4}", List.of(new Used(3L, 4L, null, null))),
            entry("{\"type\":\"turn\",\"result\":\"done\"}", List.of(new TurnEnded(new Verdict.Succeeded()))));

    @Test
    void eachLineComesToItsOutputs() {
        DemoConversation conversation = conversation(true);
        for (var step : TURN) {
            assertThat(conversation.line(0, step.getKey())).as(step.getKey()).isEqualTo(step.getValue());
        }
        assertThat(conversation.end(0)).isEmpty();
    }

    @Test
    void aFreshFoldGoesOnWhereTheOldOneWasCut() {
        List<String> lines = TURN.stream().map(Map.Entry::getKey).toList();
        List<AgentOutput> whole = fold(conversation(true), lines);
        for (int cut = 0; cut <= lines.size(); cut++) {
            List<AgentOutput> before = fold(conversation(true), lines.subList(0, cut));
            DemoConversation fresh = conversation(true);
            assertThat(fold(fresh, lines.subList(0, cut))).isEqualTo(before);
            List<AgentOutput> after = fold(fresh, lines.subList(cut, lines.size()));
            assertThat(after).isEqualTo(whole.subList(before.size(), whole.size()));
        }
    }

    @Test
    void autoModeAnswersByPolicyInTheSameStep() {
        DemoConversation conversation = conversation(false);
        conversation.line(0, TURN.get(4).getKey());
        assertThat(conversation.line(1, TURN.get(5).getKey()))
                .containsExactly(
                        REQUEST,
                        new Event(new EventBody.PermissionResponse("2-ask5", Decision.ALLOW, "policy", null)),
                        new Send("answer ask5 allow"));
    }

    @Test
    void beginsWithTheHistoryAndThePrompt() {
        Assignment assignment = new Assignment(
                "task_1", 2, "go on", null, false, null, List.of("é", "demo: run rm"), "/workspace", "/home/agent");
        assertThat(new DemoConversation(assignment).start())
                .containsExactly(
                        new Send("history w6k="), new Send("history ZGVtbzogcnVuIHJt"), new Send("prompt Z28gb24="));
    }

    @Test
    void answersUnderTheAgentsOwnId() {
        DemoConversation conversation = conversation(true);
        assertThat(conversation.answer("2-ask5", Decision.DENY, "no\nway"))
                .containsExactly(new Send("answer ask5 deny bm8Kd2F5"));
        assertThat(conversation.answer("2-ask5", Decision.ALLOW_ALWAYS, null))
                .containsExactly(new Send("answer ask5 allow_always"));
    }

    @Test
    void anEndInTheMiddleClosesTheToolAndIsAFailure() {
        DemoConversation conversation = conversation(true);
        conversation.line(0, TURN.get(6).getKey());
        assertThat(conversation.end(137))
                .containsExactly(
                        result("The agent ended before its tool did", true, null),
                        new TurnEnded(new Verdict.Failed(
                                "agent_crashed",
                                "The demo agent ended with exit code 137 before it had finished",
                                true)));
        assertThat(conversation.end(137)).isEmpty();
    }

    @Test
    void interruptedAndFailedTurnsAreToldApart() {
        DemoConversation conversation = conversation(true);
        assertThat(conversation.line(0, "{\"type\":\"turn\",\"result\":\"interrupted\"}"))
                .containsExactly(new TurnEnded(new Verdict.Interrupted()));
        assertThat(conversation.line(1, "{\"type\":\"turn\",\"result\":\"failed\",\"code\":\"c\",\"message\":\"m\"}"))
                .containsExactly(new TurnEnded(new Verdict.Failed("c", "m", false)));
    }

    @Test
    void whatItSaysOnStderrIsAWarning() {
        assertThat(conversation(true).errorLine(0, "oops")).containsExactly(log(LogType.WARNING, "oops"));
        assertThat(conversation(true).errorLine(0, " ")).isEmpty();
    }

    private static DemoConversation conversation(boolean ask) {
        return new DemoConversation(
                new Assignment("task_1", 2, "hi", null, ask, null, List.of(), "/workspace", "/home/agent"));
    }

    private static List<AgentOutput> fold(DemoConversation conversation, List<String> lines) {
        List<AgentOutput> outputs = new ArrayList<>();
        lines.forEach(line -> outputs.addAll(conversation.line(outputs.size(), line)));
        return outputs;
    }

    private static Event log(LogType type, String message) {
        return new Event(new EventBody.Log(type, message));
    }

    private static Event result(String output, boolean error, @Nullable Integer exitCode) {
        ToolCall call = bash("2-t4", error ? ToolState.FAILED : ToolState.COMPLETED);
        return new Event(new EventBody.ToolResult("2-t4", "Bash", output, error, exitCode, false, call));
    }

    private static ToolCall bash(String id, ToolState state) {
        return new ToolCall(id, "Bash", COMMAND, state, "List", null, null, null);
    }
}
