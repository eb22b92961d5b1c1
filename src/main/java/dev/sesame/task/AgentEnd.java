package dev.sesame.task;

import dev.sesame.task.Task.Refusal;

/// How the agent's part of an attempt ended.
sealed interface AgentEnd {

    record Succeeded() implements AgentEnd {}

    record Cancelled() implements AgentEnd {}

    record Failed(Refusal error) implements AgentEnd {}
}
