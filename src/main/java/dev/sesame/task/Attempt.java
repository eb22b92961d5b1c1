package dev.sesame.task;

import dev.sesame.task.Task.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The record of one attempt: what is needed to take it up after the server died.
///
/// @param prompt what the agent is asked: the task's prompt, or a follow-up
/// @param resumeSession the agent's session that this attempt goes on with
/// @param launch how often the agent was started anew within the attempt; names its control directory
/// @param firstSeq of its first event; 0 while there is none
/// @param baseCommit where the task's diff begins
/// @param startCommit what the workspace was cloned at
/// @param resultCommit the attempt's work, once it is in our own repository
/// @param stdoutPosition bytes of the agent's stdout all of whose events are stored
/// @param deadline when it ends at the latest; moved while it waits for a person
/// @param awaitingSince when it began to wait for a person, while it does
/// @param quotaSince when it first waited for the agent's quota; null if it never did
/// @param quotaUntil when it goes on; null if it does not wait for the quota
/// @param agentError how the agent's part failed; null while it works and when it went well
record Attempt(
        String taskId,
        int attempt,
        Step step,
        String prompt,
        @Nullable String resumeSession,
        int launch,
        long firstSeq,
        @Nullable String baseBranch,
        @Nullable String baseCommit,
        @Nullable String startCommit,
        @Nullable String resultCommit,
        long stdoutPosition,
        long stderrPosition,
        Instant deadline,
        @Nullable Instant awaitingSince,
        @Nullable Refusal agentError,
        @Nullable Instant quotaSince,
        @Nullable Instant quotaUntil,
        Instant startedAt) {}
