package dev.sesame.agent;

import dev.sesame.event.EventBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one line of an agent, or one input of ours, comes to. Order within a step is the order of things.
public sealed interface AgentOutput {

    /// Something for the event log. Tool calls and permission requests carry no times.
    record Event(EventBody body) implements AgentOutput {}

    /// One whole line for the agent's stdin, without the newline.
    record Send(String line) implements AgentOutput {}

    /// The agent's own name for the session, by which a later attempt can resume it.
    record SessionStarted(String sessionId) implements AgentOutput {}

    /// Totals of the attempt so far; null where the agent does not say.
    record Used(
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedTokens,
            @Nullable Double costUsd)
            implements AgentOutput {}

    /// The agent finished what it was asked and waits for the next prompt (or for its stdin to be closed).
    record TurnEnded(Verdict verdict) implements AgentOutput {}

    /// The agent may go on at that time.
    record QuotaExhausted(@Nullable Instant until, String message) implements AgentOutput {}

    /// A line of a kind that this release does not know came; the line itself is a log event.
    ///
    /// @param kind in the format's own word
    record NotUnderstood(String kind) implements AgentOutput {}

    /// How a turn ended. The exit status of a process is never one.
    sealed interface Verdict {
        record Succeeded() implements Verdict {}

        /// By our interrupt.
        record Interrupted() implements Verdict {}

        record Failed(String code, String message, boolean retryable) implements Verdict {}
    }
}
