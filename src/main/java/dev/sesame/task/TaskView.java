package dev.sesame.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sesame.event.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task as the API shows it. Fields that are not reached or not known are absent. The list leaves out
/// `prompt` and `messages`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskView(
        String id,
        String title,
        @Nullable String prompt,
        String status,
        @Nullable String phase,
        int progress,
        String agent,
        @Nullable String model,
        String repository,
        String branch,
        @Nullable String baseBranch,
        String permissionMode,
        boolean keepAlive,
        String pullRequest,
        @Nullable Integer maxDurationMinutes,
        @Nullable List<String> mcpServers,
        int attempt,
        @Nullable List<Message> messages,
        @Nullable Failure error,
        @Nullable String commit,
        @Nullable String pullRequestUrl,
        @Nullable Usage usage,
        String createdAt,
        @Nullable String startedAt,
        @Nullable String completedAt,
        String updatedAt) {

    /// @param role `user` or `assistant`
    public record Message(String role, String content, String timestamp) {}

    public record Failure(String code, String message) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Usage(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedTokens,
            @Nullable Double costUsd) {}

    static TaskView inList(Task task) {
        return of(task, null, null);
    }

    static TaskView whole(Task task, List<Message> messages) {
        return of(task, task.prompt(), messages);
    }

    private static TaskView of(Task t, @Nullable String prompt, @Nullable List<Message> messages) {
        Task.Refusal error = t.error();
        Task.Usage u = t.usage();
        return new TaskView(
                t.id(),
                t.title(),
                prompt,
                t.status().wire(),
                t.status() == TaskStatus.PROCESSING && t.phase() != null
                        ? t.phase().wire()
                        : null,
                t.progress(),
                t.agent(),
                t.model(),
                t.repository(),
                t.branch(),
                t.baseBranch(),
                t.ask() ? "ask" : "auto",
                t.keepAlive(),
                TaskTable.lower(t.pullRequest()),
                t.maxDurationMinutes(),
                t.mcpServers().isEmpty() ? null : t.mcpServers(),
                t.attempt(),
                messages,
                error == null ? null : new Failure(error.code(), error.message()),
                t.commit(),
                t.pullRequestUrl(),
                u.equals(Task.Usage.UNKNOWN)
                        ? null
                        : new Usage(u.inputTokens(), u.outputTokens(), u.cachedTokens(), u.costUsd()),
                time(t.createdAt()),
                t.startedAt() == null ? null : time(t.startedAt()),
                t.completedAt() == null ? null : time(t.completedAt()),
                time(t.updatedAt()));
    }

    /// ISO 8601 in UTC with milliseconds.
    static String time(Instant instant) {
        return Timestamp.format(instant.toEpochMilli());
    }
}
