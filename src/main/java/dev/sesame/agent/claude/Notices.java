package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.QuotaExhausted;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.PermissionResponse;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `system` and `rate_limit_event` lines other than the session's begin: what the CLI tells beside the conversation.
final class Notices {
    private Notices() {}

    /// @param line as it came, for what is not known
    static void system(JsonNode said, String line, Outputs out) {
        switch (Json.text(said, "subtype", "")) {
            case "api_retry" -> out.log(LogType.WARNING, retry(said));
            case "permission_denied" -> denied(said, out);
            case "status" -> status(said, out);
            case "compact_boundary" -> out.log(LogType.INFO, "The conversation so far was summarised to save context");
            case "task_started" -> background(said, out);
            case "task_notification" -> taskEnded(said, out);
            case "hook_response" -> hook(said, out);
            case "informational", "notification", "local_command", "model_fallback", "model_refusal_fallback" ->
                out.log(LogType.INFO, text(said, line));
            case "thinking_tokens", "hook_started", "hook_progress", "task_progress", "task_updated" -> {} // counters
            case "session_state_changed", "turn_starting", "turn_duration", "background_tasks_changed" -> {} // as above
            default -> out.notUnderstood("system/" + Json.text(said, "subtype", ""), line);
        }
    }

    static void rateLimit(JsonNode said, Outputs out) {
        JsonNode info = said.path("rate_limit_info");
        String status = Json.text(info, "status", "");
        if (status.equals("rejected")) {
            long resets = Json.number(info, "resetsAt");
            Instant until = resets > 0 ? Instant.ofEpochSecond(resets) : null;
            String message = limit(info) + " is used up" + (until == null ? "" : " until " + until);
            out.log(LogType.WARNING, message);
            out.add(new QuotaExhausted(until, message));
        } else if (status.equals("allowed_warning")) {
            out.log(LogType.WARNING, limit(info) + " is almost used up");
        }
    }

    private static String limit(JsonNode info) {
        String type = Json.text(info, "rateLimitType");
        return "The subscription's quota" + (type == null ? "" : " (" + type.replace('_', ' ') + ")");
    }

    private static String retry(JsonNode said) {
        String status = Json.text(said, "error_status");
        String error = Json.text(said, "error", "unknown");
        String what = status != null
                ? "The model's API answered " + status + " (" + error + ")"
                : "The connection to the model's API broke off";
        double seconds = said.path("retry_delay_ms").asDouble(0) / 1000;
        return String.format(
                Locale.ROOT,
                "%s; retry %s of %s in %.1f s",
                what,
                Json.text(said, "attempt", "?"),
                Json.text(said, "max_retries", "?"),
                seconds);
    }

    /// Denied by a rule of the repository's settings, without asking anyone.
    private static void denied(JsonNode said, Outputs out) {
        String callId = Json.text(said, "tool_use_id", "");
        out.event(new PermissionResponse(callId, Decision.DENY, "policy", Json.text(said, "message")));
    }

    private static void status(JsonNode said, Outputs out) {
        String mode = Json.text(said, "permissionMode");
        if (mode != null) {
            out.log(LogType.INFO, "The permission mode is now " + mode);
        }
        if ("compacting".equals(Json.text(said, "status"))) {
            out.log(LogType.INFO, "Summarising the conversation so far to save context");
        }
    }

    private static void background(JsonNode said, Outputs out) {
        if (Json.flag(said, "is_backgrounded")) {
            out.log(LogType.INFO, "In the background: " + Json.text(said, "description", "a task"));
        }
    }

    private static void taskEnded(JsonNode said, Outputs out) {
        String status = Json.text(said, "status", "ended");
        if (!status.equals("completed")) {
            out.log(LogType.INFO, "Task " + status + ": " + Json.text(said, "summary", ""));
        }
    }

    private static void hook(JsonNode said, Outputs out) {
        if (!Json.text(said, "outcome", "success").equals("success")) {
            out.log(
                    LogType.WARNING,
                    "Hook " + Json.text(said, "hook_name", "") + " failed with exit code "
                            + Json.text(said, "exit_code", "?") + ": " + Json.text(said, "output", ""));
        }
    }

    private static String text(JsonNode said, String otherwise) {
        @Nullable String content = Json.text(said, "content");
        return content != null ? content : Json.text(said, "message", otherwise);
    }
}
