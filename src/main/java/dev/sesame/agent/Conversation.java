package dev.sesame.agent;

import dev.sesame.event.EventBody.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt's conversation with an agent: a fold over what the agent wrote and what we told it.
///
/// Pure: the same calls in the same order give the same results, in any process, at any time. After a restart of
/// the server the calls are made again from the stored lines and inputs, and what they return is thrown away up to
/// the stored position; so no clock, no randomness, no iteration over unordered sets. Ids that must be made derive
/// from the attempt and the line's offset. Used by one thread at a time; holds memory for what is open, not for the
/// past.
public interface Conversation {

    /// Opens the conversation: what to send first, the prompt included.
    List<AgentOutput> start();

    /// One line of the agent's stdout, without the newline; `offset` is where it begins. Never throws: a line that
    /// is not understood becomes a log event. Every line comes to an event, is folded into one, or is dropped by
    /// intent.
    List<AgentOutput> line(long offset, String line);

    /// One line of its stderr.
    List<AgentOutput> errorLine(long offset, String line);

    /// A follow-up of the user's, after a turn has ended.
    List<AgentOutput> prompt(String text);

    /// The decision on a permission request of the agent's. Does not return the `permission_response` event: the
    /// caller logs that.
    List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message);

    /// Asks the agent, by its own protocol, to stop what it does. Empty if it knows no such thing.
    List<AgentOutput> interrupt();

    /// The process is gone and all its lines were given. A verdict if none was reached by its lines; `exitCode` is
    /// for the message, not for the verdict.
    List<AgentOutput> end(int exitCode);
}
