package dev.sesame.task;

import static dev.sesame.db.generated.Tables.AGENT_INPUT;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;

/// What we wrote to the agent at one point of its conversation. The agent's input file is these rows' bytes, one
/// after the other; after a restart the file is completed from them, and the conversation is told the same things
/// again.
///
/// @param n from 0 within the attempt
/// @param payload what the conversation was told: the prompt, or the answer as `requestId decision message`
/// @param stdoutPosition how far the agent's lines had been taken in when it was told
/// @param offset of the bytes in the input file
/// @param text whole lines for the agent
record AgentInput(int n, Cause cause, String payload, long stdoutPosition, long offset, String text) {

    enum Cause {
        /// The opening of the conversation.
        START,
        /// A line of the agent's own, answered at once.
        REPLY,
        PROMPT,
        ANSWER,
        INTERRUPT,
        /// The end of the input.
        CLOSE
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    long end() {
        return offset + bytes().length;
    }

    static List<AgentInput> all(DSLContext tx, String taskId, int attempt) {
        return tx.selectFrom(AGENT_INPUT)
                .where(AGENT_INPUT.TASK_ID.eq(taskId).and(AGENT_INPUT.ATTEMPT.eq(attempt)))
                .orderBy(AGENT_INPUT.N)
                .fetch(r -> new AgentInput(
                        r.get(AGENT_INPUT.N),
                        Cause.valueOf(r.get(AGENT_INPUT.CAUSE).toUpperCase(Locale.ROOT)),
                        r.get(AGENT_INPUT.PAYLOAD),
                        r.get(AGENT_INPUT.STDOUT_POSITION),
                        r.get(AGENT_INPUT.INPUT_OFFSET),
                        r.get(AGENT_INPUT.BYTES)));
    }

    void insert(DSLContext tx, String taskId, int attempt) {
        tx.insertInto(AGENT_INPUT)
                .set(AGENT_INPUT.TASK_ID, taskId)
                .set(AGENT_INPUT.ATTEMPT, attempt)
                .set(AGENT_INPUT.N, n)
                .set(AGENT_INPUT.CAUSE, cause.name().toLowerCase(Locale.ROOT))
                .set(AGENT_INPUT.PAYLOAD, payload)
                .set(AGENT_INPUT.STDOUT_POSITION, stdoutPosition)
                .set(AGENT_INPUT.INPUT_OFFSET, offset)
                .set(AGENT_INPUT.BYTES, text)
                .execute();
    }
}
