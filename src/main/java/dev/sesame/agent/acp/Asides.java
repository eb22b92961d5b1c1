package dev.sesame.agent.acp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What programs put among the agent's words that are none: each such remark is a chunk of its own.
///
/// @param noise to be dropped
/// @param notice for the log; its first group is the kind of notice, the second what it says
record Asides(Pattern noise, Pattern notice) {
    private static final Pattern NEVER = Pattern.compile("(?!)");
    static final Asides NONE = new Asides(NEVER, NEVER);

    static Asides noise(String regex) {
        return new Asides(Pattern.compile(regex), NEVER);
    }

    static Asides notices(String regex) {
        return new Asides(NEVER, Pattern.compile(regex, Pattern.DOTALL));
    }

    record Notice(String kind, String text) {}

    boolean isNoise(String chunk) {
        return noise.matcher(chunk).matches();
    }

    /// Null if the chunk is the agent's own.
    @Nullable
    Notice notice(String chunk) {
        Matcher matcher = notice.matcher(chunk);
        return matcher.matches() ? new Notice(matcher.group(1), matcher.group(2)) : null;
    }
}
