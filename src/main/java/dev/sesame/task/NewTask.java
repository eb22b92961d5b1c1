package dev.sesame.task;

import dev.sesame.git.BranchName;
import dev.sesame.http.Input;
import dev.sesame.http.Multiline;
import dev.sesame.http.Problem;
import dev.sesame.task.Task.PullRequestMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/tasks`, and its rules. Types are checked by the JSON mapper, which refuses coercion,
/// unknown fields and duplicates; here values are.
///
/// @param branch the base branch; null for the repository's default
/// @param agent null for the default agent
/// @param mcpServers names of the user's; null for all that are enabled
record NewTask(
        @Multiline @Nullable String prompt,
        @Nullable String repository,
        @Nullable String agent,
        @Nullable String branch,
        @Nullable String model,
        @Nullable String permissionMode,
        @Nullable Boolean keepAlive,
        @Nullable String pullRequest,
        @Nullable Integer maxDurationMinutes,
        @Nullable List<@Nullable String> mcpServers) {

    static final int LONGEST_PROMPT = 65_536;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DURATION = 43_200;
    private static final int MOST_SERVERS = 50;

    /// Throws 400 naming the first field that is wrong.
    void check() {
        text("prompt", prompt, LONGEST_PROMPT);
        text("repository", repository, LONGEST_NAME);
        if (agent != null) {
            text("agent", agent, LONGEST_NAME);
        }
        if (model != null) {
            text("model", model, LONGEST_NAME);
        }
        if (branch != null) {
            checkBranch(branch);
        }
        ask();
        pullRequestMode();
        if (maxDurationMinutes != null && (maxDurationMinutes < 1 || maxDurationMinutes > LONGEST_DURATION)) {
            throw bad("maxDurationMinutes must be from 1 to " + LONGEST_DURATION);
        }
        if (mcpServers != null) {
            if (mcpServers.size() > MOST_SERVERS) {
                throw bad("mcpServers must have at most " + MOST_SERVERS + " entries");
            }
            mcpServers.forEach(name -> text("mcpServers", name, LONGEST_NAME));
        }
    }

    @Nullable
    List<String> servers() {
        return mcpServers == null
                ? null
                : mcpServers.stream().map(java.util.Objects::requireNonNull).toList();
    }

    boolean ask() {
        return permissionMode != null
                && oneOf("permissionMode", permissionMode, List.of("auto", "ask"))
                        .equals("ask");
    }

    PullRequestMode pullRequestMode() {
        if (pullRequest == null) {
            return PullRequestMode.NONE;
        }
        List<String> known =
                Arrays.stream(PullRequestMode.values()).map(TaskTable::lower).toList();
        return PullRequestMode.valueOf(oneOf("pullRequest", pullRequest, known).toUpperCase(Locale.ROOT));
    }

    /// A text of a person's: 1 to so many characters, not only blanks. What no text may hold the JSON mapper
    /// refused.
    static String text(String field, @Nullable String value, int longest) {
        String text = Input.text(field, value, 1, longest);
        if (text.isBlank()) {
            throw bad(field + " must not be empty");
        }
        return text;
    }

    private static void checkBranch(String branch) {
        text("branch", branch, LONGEST_NAME);
        try {
            BranchName.check(branch);
        } catch (IllegalArgumentException e) {
            throw bad("branch: " + e.getMessage());
        }
    }

    private static String oneOf(String field, String value, List<String> known) {
        if (!known.contains(value)) {
            throw bad(field + " must be one of " + known.stream().collect(Collectors.joining(", ")));
        }
        return value;
    }

    private static RuntimeException bad(String detail) {
        return Problem.BAD_REQUEST.because(detail);
    }
}
