package dev.sesame.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of the task table. Null means: not reached or not known.
///
/// @param baseBranch as requested; null means the repository's default branch, until an attempt has found it
/// @param agentSession by which the agent can resume its own conversation
/// @param pushedCommit what we last pushed to the working branch
/// @param changeSeq position of the task's last change among all changes of its owner's tasks
/// @param mcpServers names of its owner's that its agent may use
record Task(
        String id,
        String userId,
        String title,
        String prompt,
        TaskStatus status,
        @Nullable Phase phase,
        int progress,
        String agent,
        @Nullable String model,
        String repository,
        @Nullable String baseBranch,
        String branch,
        boolean ask,
        boolean keepAlive,
        PullRequestMode pullRequest,
        @Nullable Integer maxDurationMinutes,
        int attempt,
        StartMode startMode,
        @Nullable Refusal error,
        @Nullable String commit,
        @Nullable String pullRequestUrl,
        Usage usage,
        @Nullable String agentSession,
        @Nullable String pushedCommit,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Instant updatedAt,
        @Nullable Instant cancelRequestedAt,
        long changeSeq,
        List<String> mcpServers) {

    /// Why a task failed: a stable code and words for a person.
    ///
    /// @param retryable whether the same may succeed another time, with nothing changed
    record Refusal(String code, String message, boolean retryable) {
        Refusal(String code, String message) {
            this(code, message, false);
        }
    }

    /// What the agent used over all attempts' last totals.
    record Usage(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedTokens,
            @Nullable Double costUsd) {
        static final Usage UNKNOWN = new Usage(null, null, null, null);
    }

    enum PullRequestMode {
        NONE,
        DRAFT,
        OPEN
    }
}
