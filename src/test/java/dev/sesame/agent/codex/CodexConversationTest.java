package dev.sesame.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.QuotaExhausted;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodexConversationTest {
    private static final String APPROVAL =
            "{\"method\":\"item/commandExecution/requestApproval\",\"id\":4,\"params\":{\"itemId\":\"i\",\"reason\":\"why\"}}";

    private final Conversation conversation = opened(true, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Reading additional input from stdin...",
                "{\"method\":\"brand/new\",\"params\":{}}",
                "{\"id\":99,\"result\":{}}"
            })
    void aLineThatIsNotUnderstoodIsLoggedAsItIs(String line) {
        assertThat(conversation.line(0, line)).first().isEqualTo(new Event(new Log(LogType.INFO, line)));
    }

    @Test
    void kindsThatAreNotKnownAreTold() {
        assertThat(conversation
                        .line(0, "{\"method\":\"brand/new\",\"params\":{}}")
                        .getLast())
                .isEqualTo(new AgentOutput.NotUnderstood("brand/new"));
    }

    @Test
    void aRequestThatIsNotKnownIsRefusedSoThatTheAgentDoesNotWait() {
        List<AgentOutput> outputs =
                conversation.line(0, "{\"method\":\"item/tool/requestUserInput\",\"id\":\"x\",\"params\":{}}");

        assertThat(sent(outputs.getLast()).toString())
                .isEqualTo("{\"id\":\"x\",\"error\":{\"code\":-32601,\"message\":"
                        + "\"Not supported: item/tool/requestUserInput\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ALLOW        | {'action':'accept','content':{}}",
                "ALLOW_ALWAYS | {'action':'accept','content':{},'_meta':{'persist':'session'}}",
                "DENY         | {'action':'decline'}"
            })
    void aCallOfAnMcpServersToolIsAskedForLikeAnyOther(Decision decision, String answer) {
        conversation.line(
                0,
                "{\"method\":\"item/started\",\"params\":{\"item\":{\"type\":\"mcpToolCall\",\"id\":\"c\",\"server\":\"docs\","
                        + "\"tool\":\"find\",\"arguments\":{\"q\":1}}}}");
        PermissionRequest request = (PermissionRequest) ((Event) conversation
                        .line(
                                1,
                                "{\"method\":\"mcpServer/elicitation/request\",\"id\":0,\"params\":{\"serverName\":\"docs\",\"mode\":"
                                        + "\"form\",\"message\":\"Allow it?\",\"_meta\":{\"codex_approval_kind\":\"mcp_tool_call\"}}}")
                        .getFirst())
                .body();

        assertThat(request.toolName()).isEqualTo("docs.find");
        assertThat(request.callId()).isEqualTo("c");
        assertThat(request.input().toString()).isEqualTo("{\"q\":1}");
        assertThat(request.title()).isEqualTo("Allow it?");
        assertThat(sent(conversation.answer(request.requestId(), decision, null).getFirst())
                        .toString())
                .isEqualTo("{\"id\":0,\"result\":" + answer.replace('\'', '"') + "}");
    }

    @Test
    void whatAnMcpServerAsksItsUserIsDeclined() {
        List<AgentOutput> outputs = conversation.line(
                0,
                "{\"method\":\"mcpServer/elicitation/request\",\"id\":0,\"params\":{\"serverName\":\"docs\",\"mode\":\"form\","
                        + "\"message\":\"Your password?\"}}");

        assertThat(sent(outputs.getLast()).toString()).isEqualTo("{\"id\":0,\"result\":{\"action\":\"decline\"}}");
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, accept", "ALLOW_ALWAYS, acceptForSession", "DENY, decline"})
    void aDecisionIsSentInTheAgentsWords(Decision decision, String word) {
        PermissionRequest request =
                (PermissionRequest) ((Event) conversation.line(0, APPROVAL).getFirst()).body();
        assertThat(request.requestId()).isEqualTo("2.approval.4");
        assertThat(request.title()).isEqualTo("why");

        List<AgentOutput> outputs = conversation.answer("2.approval.4", decision, null);

        assertThat(sent(outputs.getFirst()).toString())
                .isEqualTo("{\"id\":4,\"result\":{\"decision\":\"" + word + "\"}}");
        assertThat(conversation.answer("2.approval.4", decision, null)).isEmpty();
    }

    @Test
    void aRequestThatIsSettledWithoutUsIsWithdrawn() {
        conversation.line(0, APPROVAL);

        assertThat(conversation.line(1, "{\"method\":\"serverRequest/resolved\",\"params\":{\"requestId\":4}}"))
                .containsExactly(new Event(new PermissionResponse(
                        "2.approval.4", Decision.DENY, "policy", "The agent withdrew the request")));
    }

    @Test
    void inAutoModeARequestIsAllowedByPolicy() {
        assertThat(opened(false, null).line(0, APPROVAL))
                .hasSize(3)
                .contains(new Event(new PermissionResponse("2.approval.4", Decision.ALLOW, "policy", null)));
    }

    @Test
    void aThreadThatIsGoneIsALostSession() {
        Conversation resuming = conversation("gone", true);
        resuming.start();
        resuming.line(0, "{\"id\":\"2.1\",\"result\":{}}");
        List<AgentOutput> outputs = resuming.line(1, "{\"id\":\"2.2\",\"error\":{\"message\":\"no rollout found\"}}");

        assertThat(outputs.getLast())
                .isEqualTo(new TurnEnded(new Verdict.Failed(
                        "session_lost", "The session gone is no longer there: no rollout found", true)));
    }

    @Test
    void aQuotaThatIsUsedUpIsToldWithItsEnd() {
        List<AgentOutput> outputs = conversation.line(
                0,
                "{\"method\":\"account/rateLimits/updated\",\"params\":{\"rateLimits\":{\"rateLimitReachedType\":"
                        + "\"primary\",\"primary\":{\"resetsAt\":1800000000}}}}");

        assertThat(outputs.getLast())
                .isEqualTo(new QuotaExhausted(
                        Instant.ofEpochSecond(1_800_000_000),
                        "The quota is used up (primary) until 2027-01-15T08:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"unauthorized\"', credential_rejected",
        "'\"usageLimitExceeded\"', quota_exhausted",
        "'\"contextWindowExceeded\"', context_exceeded",
        "'\"brandNew\"', agent_failed",
        "'{\"responseTooManyFailedAttempts\":{\"httpStatusCode\":429}}', rate_limited",
        "'{\"httpConnectionFailed\":{\"httpStatusCode\":null}}', model_unavailable",
        "'{\"httpConnectionFailed\":{\"httpStatusCode\":400}}', model_refused"
    })
    void anErrorBecomesAStableCode(String info, String code) {
        List<AgentOutput> outputs = conversation.line(
                0,
                "{\"method\":\"turn/completed\",\"params\":{\"turn\":{\"status\":\"failed\",\"error\":{\"message\":"
                        + "\"Refused\",\"codexErrorInfo\":" + info + "}}}}");

        assertThat(outputs.getLast())
                .isInstanceOfSatisfying(
                        TurnEnded.class,
                        ended -> assertThat(((Verdict.Failed) ended.verdict()).code())
                                .isEqualTo(code));
    }

    @Test
    void beforeATurnThereIsNothingToInterrupt() {
        assertThat(conversation("none", true).interrupt()).isEmpty();
    }

    private static Conversation opened(boolean ask, @Nullable String resume) {
        Conversation conversation = conversation(resume, ask);
        conversation.start();
        return conversation;
    }

    private static Conversation conversation(@Nullable String resume, boolean ask) {
        return new CodexConversation(
                new Assignment("task_1", 2, "Do it", null, ask, resume, List.of(), "/workspace", "/home/agent"));
    }

    private static JsonNode sent(AgentOutput output) {
        return Objects.requireNonNull(Json.object(((Send) output).line()));
    }
}
