package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Refusals;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who writes the stream, and in what they differ.
enum Dialect {
    CLAUDE_CODE("Claude Code", ClaudeDriver.NEED),
    /// As documented by Amp. Without its own service it can't be tried; its failures to sign in are no JSON.
    AMP("Amp", AmpDriver.NEED);

    private static final Pattern NOT_SIGNED_IN =
            Pattern.compile("No API key found|(?i)invalid api key|unauthorized|getUserInfo failed: 40[13]");
    private static final Pattern UNREACHABLE = Pattern.compile("API request for \\w+ failed");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // it holds nothing but the texts that it was made with
    private final Refusals refusals;

    Dialect(String title, CredentialNeed need) {
        this.title = title;
        this.refusals = new Refusals(need.renewal());
    }

    String title() {
        return title;
    }

    Refusals refusals() {
        return refusals;
    }

    /// Whether there are control requests: to begin, to interrupt, to ask for permission.
    boolean controls() {
        return this == CLAUDE_CODE;
    }

    /// Whether the result may come only when the input is closed.
    boolean endsWithItsInput() {
        return this == AMP;
    }

    /// What the session's begin says of the program, for the log.
    String greeting(JsonNode init) {
        return switch (this) {
            case CLAUDE_CODE ->
                title + " " + Json.text(init, "claude_code_version", "?") + ", model " + Json.text(init, "model", "?")
                        + ", permission mode " + Json.text(init, "permissionMode", "?");
            case AMP -> title;
        };
    }

    /// What a line that is no JSON means for the turn; null if nothing.
    @Nullable
    Verdict meaning(String line) {
        if (this == CLAUDE_CODE) {
            return null;
        }
        if (NOT_SIGNED_IN.matcher(line).find()) {
            return refusals.credential(line.strip());
        }
        return UNREACHABLE.matcher(line).find() ? Refusals.unavailable(line.strip()) : null;
    }
}
