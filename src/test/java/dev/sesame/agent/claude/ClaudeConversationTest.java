package dev.sesame.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.QuotaExhausted;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeConversationTest {
    private final Conversation conversation = conversation(true, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No API key found",
                "[1,2]",
                "{\"type\":\"brand_new\",\"x\":1}",
                "{\"no\":\"type\"}",
                "{\"type\":\"system\",\"subtype\":\"brand_new\"}",
                "{\"type\":\"stream_event\",\"event\":"
            })
    void aLineThatIsNotUnderstoodIsLoggedAsItIs(String line) {
        assertThat(events(conversation.line(0, line))).containsExactly(new Log(LogType.INFO, line));
    }

    @Test
    void aRequestThatIsNotKnownIsRefusedSoThatTheAgentDoesNotWait() {
        List<AgentOutput> outputs = conversation.line(
                0, "{\"type\":\"control_request\",\"request_id\":\"r\",\"request\":{\"subtype\":\"new_thing\"}}");

        assertThat(events(outputs)).singleElement().isInstanceOf(Log.class);
        assertThat(outputs.getLast())
                .isEqualTo(new Send("{\"type\":\"control_response\",\"response\":"
                        + "{\"subtype\":\"error\",\"request_id\":\"r\",\"error\":\"Not supported: new_thing\"}}"));
    }

    @Test
    void anAnswerToNothingIsNotSent() {
        assertThat(conversation.answer("unknown", Decision.ALLOW, null)).isEmpty();
    }

    @Test
    void withoutSuggestionsAlwaysMeansTheWholeToolForTheSession() {
        conversation.line(
                0,
                "{\"type\":\"control_request\",\"request_id\":\"r\",\"request\":{\"subtype\":\"can_use_tool\","
                        + "\"tool_name\":\"mcp__x__y\",\"input\":{\"a\":1}}}");

        JsonNode answer = sent(conversation.answer("r", Decision.ALLOW_ALWAYS, null));
        assertThat(answer.at("/response/response").toString())
                .isEqualTo("{\"behavior\":\"allow\",\"updatedInput\":{\"a\":1},\"updatedPermissions\":[{\"type\":"
                        + "\"addRules\",\"behavior\":\"allow\",\"destination\":\"session\",\"rules\":"
                        + "[{\"toolName\":\"mcp__x__y\"}]}]}");
    }

    @Test
    void earlierMessagesComeBeforeThePromptWhenThereIsNoSession() {
        List<AgentOutput> start =
                conversation(false, List.of("user: One", "assistant: Two")).start();

        assertThat(sent(List.of(start.getLast())).at("/message/content").asText())
                .containsSubsequence("user: One", "assistant: Two", "Do it");
    }

    @Test
    void ourRequestsAreNumberedWithinTheAttempt() {
        conversation.start();

        assertThat(sent(conversation.interrupt()).path("request_id").asText()).isEqualTo("3.2");
        assertThat(sent(conversation.interrupt()).path("request_id").asText()).isEqualTo("3.3");
    }

    @Test
    void aQuotaThatIsUsedUpIsToldWithItsEnd() {
        List<AgentOutput> outputs = conversation.line(
                0,
                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1800000000,"
                        + "\"rateLimitType\":\"five_hour\"}}");

        assertThat(outputs.getLast())
                .isEqualTo(new QuotaExhausted(
                        Instant.ofEpochSecond(1_800_000_000),
                        "The subscription's quota (five hour) is used up until 2027-01-15T08:00:00Z"));
    }

    @Test
    void whatIsOpenWhenTheProcessEndsIsClosedAndTheEndIsAFailure() {
        conversation.line(
                0,
                "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"Bash\",\"input\":{}}]}}");
        conversation.errorLine(0, "Out of memory");

        List<AgentOutput> outputs = conversation.end(137);
        assertThat(events(outputs)).extracting("callId", "isError").containsExactly(tuple("t", true));
        assertThat(outputs.getLast())
                .isEqualTo(new TurnEnded(new Verdict.Failed(
                        "agent_crashed",
                        "Claude Code ended with exit code 137 before it was done: Out of memory",
                        true)));
        assertThat(conversation.end(137)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "402, billing_error, billing_refused, false",
        "403, oauth_org_not_allowed, credential_rejected, false",
        "404, invalid_request, model_refused, false",
        "413, request_too_large, context_exceeded, false",
        "529, overloaded, model_unavailable, true"
    })
    void anApiErrorBecomesAStableCode(int status, String error, String code, boolean retryable) {
        conversation.line(
                0,
                "{\"type\":\"assistant\",\"message\":{\"model\":\"<synthetic>\",\"content\":[]},\"error\":\"" + error
                        + "\",\"is_api_error_message\":true}");
        List<AgentOutput> outputs = conversation.line(
                1,
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"result\":\"Refused\","
                        + "\"terminal_reason\":\"api_error\",\"api_error_status\":" + status + "}");

        assertThat(outputs.getLast()).isInstanceOfSatisfying(TurnEnded.class, ended -> {
            Verdict.Failed failed = (Verdict.Failed) ended.verdict();
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.retryable()).isEqualTo(retryable);
            assertThat(failed.message()).startsWith("Refused");
        });
    }

    @Test
    void aLongResultIsCut() {
        List<AgentOutput> outputs = conversation.line(
                0,
                "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
                        + "\"content\":\"" + "x".repeat(1_000_000) + "\"}]}}");

        assertThat(events(outputs)).singleElement().isInstanceOfSatisfying(ToolResult.class, result -> {
            assertThat(result.truncated()).isTrue();
            assertThat(result.output().length()).isLessThan(65_536);
        });
    }

    private static Conversation conversation(boolean ask, List<String> history) {
        return new ClaudeConversation(
                Dialect.CLAUDE_CODE,
                new Assignment("task_1", 3, "Do it", null, ask, null, history, "/workspace", "/home/agent"));
    }

    private static List<EventBody> events(List<AgentOutput> outputs) {
        return outputs.stream()
                .filter(AgentOutput.Event.class::isInstance)
                .map(output -> ((AgentOutput.Event) output).body())
                .toList();
    }

    private static JsonNode sent(List<AgentOutput> outputs) {
        assertThat(outputs).singleElement().isInstanceOf(Send.class);
        return Objects.requireNonNull(Json.object(((Send) outputs.getFirst()).line()));
    }
}
