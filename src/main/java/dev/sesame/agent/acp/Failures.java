package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Refusals;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a turn's failure means. The status of the model's API is in the error's code, in its data or in its words.
final class Failures {
    private static final int AUTHENTICATION_REQUIRED = -32000;
    private static final Pattern STATUS = Pattern.compile("(?:^|[^\\w.])([45]\\d\\d)(?![\\w.])");
    private static final Pattern CREDENTIAL = Pattern.compile(
            "api[_ ]key[_ ](?:not valid|invalid)|invalid (?:x-)?api[- ]key|incorrect api key|unauthorized"
                    + "|authentication|not logged in|credential");
    private static final Pattern LIMIT = Pattern.compile("rate.?limit|too many requests|quota");
    private static final Pattern CONNECTION = Pattern.compile(
            "transient api error|overloaded|internal server error|connection|econnre|fetch failed|socket|network|terminated|timed out");

    private final AcpProfile profile;
    private final Refusals refusals;

    Failures(AcpProfile profile) {
        this.profile = profile;
        this.refusals = new Refusals(profile.need().renewal());
    }

    /// @param method of our request that was refused
    Verdict.Failed of(String method, String message, JsonNode error) {
        int code = error.path("code").asInt(0);
        if (code == AUTHENTICATION_REQUIRED) {
            return refusals.credential(message);
        }
        String details = details(error.path("data"));
        String words = details.isEmpty() || message.contains(details) ? message : message + ": " + details;
        int told = error.path("data").path("statusCode").asInt(code);
        return method.equals("session/prompt")
                ? classified(told >= 400 && told < 600 ? told : 0, words)
                : new Verdict.Failed("agent_failed", profile.title() + " refused " + method + ": " + words, false);
    }

    /// Whether a turn that seems to have succeeded did not.
    boolean silent(JsonNode result, Speech speech) {
        return profile.silentFailure()
                && !result.path("usage").isObject()
                && !speech.notice().isEmpty();
    }

    /// By the program's last notice.
    Verdict.Failed told(Speech speech) {
        return classified(0, speech.notice());
    }

    private Verdict.Failed classified(int told, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        Matcher matcher = STATUS.matcher(message);
        int status = told != 0 ? told : matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        if (CREDENTIAL.matcher(lower).find() && status < 500) {
            return refusals.credential(message);
        }
        if (status != 0) {
            return refusals.byStatus(status, message);
        }
        if (LIMIT.matcher(lower).find()) {
            return Refusals.rateLimited(message);
        }
        return CONNECTION.matcher(lower).find()
                ? Refusals.unavailable(message)
                : new Verdict.Failed("agent_failed", message, false);
    }

    /// The turn ended for another reason than its end.
    static Verdict.Failed stopped(String title, JsonNode result) {
        String reason = Json.text(result, "stopReason", "nothing");
        String message = title + " ended the turn with " + reason.replace('_', ' ');
        return switch (reason) {
            case "max_tokens", "max_turn_requests" -> new Verdict.Failed("agent_limit", message, false);
            case "refusal" -> Refusals.refused(message);
            default -> new Verdict.Failed("agent_failed", message, false);
        };
    }

    private static String details(JsonNode data) {
        if (data.isTextual()) {
            return data.asText();
        }
        for (String member : new String[] {"details", "message", "error"}) {
            String text = Json.text(data, member);
            if (text != null) {
                return text;
            }
        }
        return "";
    }
}
