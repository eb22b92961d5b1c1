package dev.sesame.task;

import dev.sesame.sandbox.Sandbox;
import dev.sesame.task.AgentInput.Cause;
import java.util.ArrayList;
import java.util.List;

/// What was written to the agent so far, and the file it is written to. A row is stored first and delivered after;
/// what a dead server stored and did not deliver is delivered by the next one. For one thread.
final class AgentInputs {

    private final List<AgentInput> rows;
    private final Sandbox sandbox;

    AgentInputs(List<AgentInput> stored, Sandbox sandbox) {
        this.rows = new ArrayList<>(stored);
        this.sandbox = sandbox;
    }

    boolean none() {
        return rows.isEmpty();
    }

    boolean closed() {
        return has(Cause.CLOSE);
    }

    boolean has(Cause cause) {
        return rows.stream().anyMatch(row -> row.cause() == cause);
    }

    /// What the conversation was told by us, beyond its opening and its own replies.
    List<AgentInput> told() {
        return rows.stream()
                .filter(row -> switch (row.cause()) {
                    case PROMPT, ANSWER, INTERRUPT -> true;
                    case START, REPLY, CLOSE -> false;
                })
                .toList();
    }

    /// The next row, not stored and not delivered yet.
    AgentInput next(Cause cause, String payload, long stdoutPosition, String text) {
        long offset = rows.isEmpty() ? 0 : rows.getLast().end();
        return new AgentInput(rows.size(), cause, payload, stdoutPosition, offset, text);
    }

    /// A row was stored: now the agent may have it.
    void deliver(AgentInput stored) {
        rows.add(stored);
        sandbox.write(stored.offset(), stored.bytes());
    }

    /// Completes the file with what was stored.
    void complete() {
        for (AgentInput row : rows) {
            sandbox.write(row.offset(), row.bytes());
        }
    }
}
