package dev.sesame.task;

import dev.sesame.task.Task.Refusal;
import java.time.Instant;

/// How the agent's part of an attempt ended.
sealed interface AgentEnd {

    record Succeeded() implements AgentEnd {}

    record Cancelled() implements AgentEnd {}

    record Failed(Refusal error) implements AgentEnd {}

    /// Its quota is used up; it may go on at that time.
    record Exhausted(Refusal error, Instant until) implements AgentEnd {}
}
