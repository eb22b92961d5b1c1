package dev.sesame.terminal;

import static dev.sesame.db.generated.Tables.TERMINAL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolResult;
import dev.sesame.event.EventBody.ToolState;
import dev.sesame.event.EventBody.ToolUse;
import dev.sesame.event.UniversalEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What an agent's commands look like in the terminal, while no shell is open. Made from events in the
/// transaction that stores them, so it is there exactly once; and as clean of secrets as they are.
final class AgentCommands {
    private static final int LONGEST_CALL = 200;

    private final TerminalLog log;
    private final long limit;

    AgentCommands(TerminalLog log, long limit) {
        this.log = log;
        this.limit = limit;
    }

    void show(DSLContext tx, String taskId, List<UniversalEvent> stored) {
        for (UniversalEvent event : stored) {
            if (event.body() instanceof ToolUse(ToolCall call) && call.state() == ToolState.RUNNING) {
                show(tx, taskId, call, null);
            } else if (event.body() instanceof ToolResult result) {
                show(tx, taskId, result.toolCall(), result);
            }
        }
    }

    private void show(DSLContext tx, String taskId, ToolCall call, @Nullable ToolResult result) {
        String command = command(call.input());
        TerminalState state = command.isEmpty() ? TerminalState.NONE : TerminalLog.state(tx, taskId);
        if (command.isEmpty() || state.open() || state.end() >= limit) {
            return;
        }
        String text = (isShown(tx, taskId, call) ? "" : "\033[1m$ " + lines(command) + "\033[0m\r\n")
                + (result == null ? "" : lines(result.output()) + end(result));
        if (state.end() + text.length() >= limit) {
            text = LastWords.FULL;
        }
        if (!text.isEmpty()) {
            log.append(tx, taskId, text.getBytes(StandardCharsets.UTF_8));
            tx.update(TERMINAL)
                    .set(TERMINAL.AGENT_CALL, id(call))
                    .where(TERMINAL.TASK_ID.eq(taskId))
                    .execute();
        }
    }

    private static boolean isShown(DSLContext tx, String taskId, ToolCall call) {
        return tx.fetchExists(TERMINAL, TERMINAL.TASK_ID.eq(taskId).and(TERMINAL.AGENT_CALL.eq(id(call))));
    }

    private static String id(ToolCall call) {
        String id = call.callId();
        return id.length() <= LONGEST_CALL ? id : id.substring(0, LONGEST_CALL);
    }

    private static String end(ToolResult result) {
        boolean open = !result.output().isEmpty() && !result.output().endsWith("\n");
        Integer code = result.exitCode();
        return (open ? "\033[0m\r\n" : "\033[0m") + (code == null || code == 0 ? "" : "[exit " + code + "]\r\n");
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }

    /// What agents call the argument of a tool that runs something: one text, or its words.
    private static String command(JsonNode input) {
        JsonNode command = input.has("command") ? input.path("command") : input.path("cmd");
        return command.isArray()
                ? StreamSupport.stream(command.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "))
                : command.asText("");
    }
}
