package dev.sesame.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happened, without its place in the log. The closed set of the API reference's kinds; `ping` is no event of
/// the log, it belongs to the stream.
///
/// Values are immutable and may be shared between threads. The JSON form is made by [EventJson] alone.
public sealed interface EventBody {

    /// A piece of what the agent says. `fullText` of the reference is not here: it is the sum of the deltas of one
    /// `messageId` and rebuilt on the way out.
    ///
    /// @param textDelta what is new; may be empty on the last event of a message
    /// @param last true on the message's last event; a message that was cut short by the attempt's end has none
    record Message(String messageId, String textDelta, boolean last) implements EventBody {}

    /// A piece of the agent's reasoning; `thinkingText` is a delta.
    record Thinking(String messageId, String thinkingText) implements EventBody {}

    /// A tool was called, or the call's state changed.
    record ToolUse(ToolCall toolCall) implements EventBody {}

    /// A tool's outcome. `toolCall` is the call in its final state.
    ///
    /// @param output at most 64 KiB; a longer one was cut in the middle and `truncated` is true
    /// @param exitCode of a command, where the agent tells it
    record ToolResult(
            String callId,
            String name,
            String output,
            boolean isError,
            @Nullable Integer exitCode,
            boolean truncated,
            ToolCall toolCall)
            implements EventBody {}

    /// The agent waits for a decision until `expiresAt`, which the task sets (translators leave it null).
    record PermissionRequest(
            String requestId,
            @Nullable String callId,
            String toolName,
            JsonNode input,
            @Nullable String title,
            @Nullable Instant expiresAt)
            implements EventBody {}

    /// @param decidedBy a user's id, `policy` or `timeout`
    record PermissionResponse(
            String requestId,
            Decision decision,
            String decidedBy,
            @Nullable String message) implements EventBody {}

    /// @param progress 0 to 100
    record Status(String status, int progress, @Nullable String phase) implements EventBody {}

    /// @param errorCode stable and machine-readable, for instance `credential_rejected`
    record Failure(String errorCode, String errorMessage, boolean retryable) implements EventBody {}

    /// A line of the task's log.
    ///
    /// @param followUpId of the follow-up that the agent is given here. Only the task sets it, so that nothing
    ///     an agent prints passes for what the user said
    record Log(LogType logType, String logMessage, @Nullable String followUpId) implements EventBody {

        public Log(LogType logType, String logMessage) {
            this(logType, logMessage, null);
        }
    }

    /// The attempt is over; exactly one per attempt and always its last event.
    ///
    /// @param status `completed` or `failed`
    record Done(String status) implements EventBody {}

    /// The state of one tool call. Times are epoch milliseconds in JSON; they are set by the log when the event is
    /// stored (translators leave them null, so that translating twice gives the same).
    ///
    /// @param input the tool's arguments, any JSON
    record ToolCall(
            String callId,
            String name,
            JsonNode input,
            ToolState state,
            @Nullable String description,
            @Nullable Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant completedAt) {}

    enum ToolState {
        PENDING,
        RUNNING,
        COMPLETED,
        FAILED
    }

    enum LogType {
        INFO,
        COMMAND,
        SUCCESS,
        WARNING,
        ERROR
    }

    enum Decision {
        ALLOW,
        ALLOW_ALWAYS,
        DENY
    }
}
