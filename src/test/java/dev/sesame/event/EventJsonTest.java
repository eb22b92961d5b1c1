package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Failure;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.Status;
import dev.sesame.event.EventBody.Thinking;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EventJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Instant CALLED = Instant.ofEpochMilli(1705312806000L);
    private static final ToolCall CALL = new ToolCall(
            "tc_1", "Write", json("{\"path\":\"auth.ts\"}"), ToolState.RUNNING, null, CALLED, CALLED, null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 | {"seq":0,"kind":"status","timestamp":"2025-01-15T10:00:00.000Z","status":"processing","progress":0}
            1 | {"seq":1,"kind":"log","timestamp":"2025-01-15T10:00:01.000Z","logType":"info","logMessage":"Cloning repository..."}
            2 | {"seq":2,"kind":"message","timestamp":"2025-01-15T10:00:05.000Z","textDelta":"I'll add JWT auth...","fullText":"I'll add JWT auth...","messageId":"m1"}
            3 | {"seq":3,"kind":"tool_call","timestamp":"2025-01-15T10:00:06.000Z","toolCall":{"callId":"tc_1","name":"Write","input":{"path":"auth.ts"},"state":"running","description":null,"createdAt":1705312806000,"startedAt":1705312806000,"completedAt":null}}
            4 | {"seq":4,"kind":"done","timestamp":"2025-01-15T10:00:30.000Z","status":"completed"}
            """)
    void eventsAreWrittenAsTheReferenceHasThem(int seq, String expected) {
        List<EventBody> bodies = List.of(
                new Status("processing", 0, null),
                new Log(LogType.INFO, "Cloning repository..."),
                new Message("m1", "I'll add JWT auth...", false),
                new ToolUse(CALL),
                new Done("completed"));
        int[] seconds = {0, 1, 5, 6, 30};
        Instant at = Instant.parse("2025-01-15T10:00:00Z").plusSeconds(seconds[seq]);
        UniversalEvent event = new UniversalEvent(seq, at, bodies.get(seq), seq);

        String fullText = seq == 2 ? "I'll add JWT auth..." : null;
        assertThat(EventJson.wire(event, fullText)).isEqualTo(expected);
        assertThat(StoredEvent.of(event).frame(fullText == null ? null : MessageTexts.Text.of(fullText)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("id: " + seq + "\nevent: event\ndata: " + expected + "\n\n");
    }

    @Test
    void theKindsThatTheReferenceDoesNotShowHaveTheirFields() {
        assertThat(wire(new Thinking("m1", "Hm\n\"so\"")))
                .isEqualTo("\"kind\":\"thinking\",T,\"thinkingText\":\"Hm\\n\\\"so\\\"\",\"messageId\":\"m1\"}");
        assertThat(wire(new ToolResult("tc_1", "Bash", "ok", false, 0, false, CALL)))
                .startsWith("\"kind\":\"tool_result\",T,\"toolResult\":{\"callId\":\"tc_1\",\"name\":\"Bash\","
                        + "\"output\":\"ok\",\"isError\":false,\"exitCode\":0,\"truncated\":false},\"toolCall\":{");
        assertThat(wire(new PermissionRequest("r1", "tc_1", "Bash", json("[1]"), "Run it?", CALLED)))
                .isEqualTo("\"kind\":\"permission_request\",T,\"permissionRequest\":{\"requestId\":\"r1\","
                        + "\"callId\":\"tc_1\",\"toolName\":\"Bash\",\"input\":[1],\"title\":\"Run it?\","
                        + "\"expiresAt\":\"2024-01-15T10:00:06.000Z\"}}");
        assertThat(wire(new PermissionResponse("r1", Decision.ALLOW_ALWAYS, "policy", null)))
                .isEqualTo("\"kind\":\"permission_response\",T,\"permissionResponse\":{\"requestId\":\"r1\","
                        + "\"decision\":\"allow_always\",\"decidedBy\":\"policy\"}}");
        assertThat(wire(new Status("processing", 40, "running")))
                .isEqualTo("\"kind\":\"status\",T,\"status\":\"processing\",\"progress\":40,\"phase\":\"running\"}");
        assertThat(wire(new Failure("timeout", "Too long", true)))
                .isEqualTo("\"kind\":\"error\",T,\"errorCode\":\"timeout\",\"errorMessage\":\"Too long\","
                        + "\"retryable\":true}");
    }

    @Test
    void whetherAMessageEndsIsStoredButNotSent() {
        Message last = new Message("m1", "x\",\"last\":true}", true);
        assertThat(wire(last)).endsWith("\"textDelta\":\"x\\\",\\\"last\\\":true}\",\"messageId\":\"m1\"}");
        assertThat(stored(last).isLast()).isTrue();
        assertThat(stored(new Message("m\",\"last\":true}", "x", false)).isLast())
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatWasStoredIsReadBackTheSame(EventBody body) {
        assertThat(EventJson.decode(EventJson.kind(body), EventJson.encode(body)))
                .isEqualTo(body);
    }

    static List<EventBody> bodies() {
        String odd = "\u0000\u001f\"\\/\u007f\u2028é漢😀\n\r\t";
        ToolCall call = new ToolCall(
                odd,
                "n",
                json("{\"a\":[1,2.5,true,null,{\"b\":\"\\u0000\"}]}"),
                ToolState.FAILED,
                odd,
                CALLED,
                null,
                CALLED);
        return List.of(
                new Message(odd, odd, true),
                new Message("m", "", false),
                new Thinking("m", odd),
                new ToolUse(CALL),
                new ToolUse(call),
                new ToolResult("c", "n", odd, true, 137, true, call),
                new ToolResult("c", "n", "", false, null, false, CALL),
                new PermissionRequest("r", null, "t", json("\"x\""), null, null),
                new PermissionRequest("r", odd, odd, json("{}"), odd, CALLED),
                new PermissionResponse("r", Decision.DENY, "user_1", odd),
                new Status("completed", 100, null),
                new Status("processing", 7, "pushing"),
                new Failure("code", odd, false),
                new Log(LogType.WARNING, odd),
                new Log(LogType.INFO, odd, "msg_1"),
                new Done("failed"));
    }

    @Test
    void timestampsHaveThreeDecimalsAlways() {
        assertThat(IntStream.of(0, 1, 20, 999, 1000, 1_234_567))
                .extracting(millis -> Timestamp.format(1736935200000L + millis))
                .containsExactly(
                        "2025-01-15T10:00:00.000Z",
                        "2025-01-15T10:00:00.001Z",
                        "2025-01-15T10:00:00.020Z",
                        "2025-01-15T10:00:00.999Z",
                        "2025-01-15T10:00:01.000Z",
                        "2025-01-15T10:20:34.567Z");
    }

    private static String wire(EventBody body) {
        String json = EventJson.wire(new UniversalEvent(7, CALLED, body, 7), null);
        assertThat(json).startsWith("{\"seq\":7,");
        return json.substring("{\"seq\":7,".length()).replace("\"timestamp\":\"2024-01-15T10:00:06.000Z\"", "T");
    }

    private static StoredEvent stored(EventBody body) {
        return StoredEvent.of(new UniversalEvent(7, CALLED, body, 7));
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
