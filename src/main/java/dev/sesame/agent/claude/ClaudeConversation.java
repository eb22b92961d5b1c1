package dev.sesame.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.LineConversation;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt's conversation over two-way stream-json: Claude Code's, or another's [Dialect] of it.
///
/// By kind of line: `stream_event` and `assistant` go to [Speech], or to [SubAgents] when a sub-agent's; `user` has
/// tools' results; `control_request` goes to [Permissions]; `system` and `rate_limit_event` to [Notices]; `result`
/// ends a turn, see [Verdicts]. Anything else becomes a log event.
final class ClaudeConversation extends LineConversation {
    private final Dialect dialect;
    private final Speech speech;
    private final SubAgents subAgents = new SubAgents(tools);
    private final Permissions permissions;
    private final Verdicts verdicts = new Verdicts();
    private @Nullable String session;
    private @Nullable String apiError;
    private int requests;

    ClaudeConversation(Dialect dialect, Assignment assignment) {
        super(dialect.title(), assignment);
        this.dialect = dialect;
        speech = new Speech(assignment.attempt(), tools);
        permissions = new Permissions(assignment.ask());
    }

    @Override
    public List<AgentOutput> start() {
        Outputs out = new Outputs();
        if (dialect.controls()) {
            out.send(Told.initialize(nextRequest()));
        } else if (assignment.ask()) {
            out.log(
                    LogType.WARNING,
                    dialect.title() + " can't pass its permission requests on: it refuses what it would ask for");
        }
        out.send(Told.prompt(assignment.openingWords()));
        return out.list();
    }

    @Override
    public List<AgentOutput> prompt(String text) {
        work();
        apiError = null;
        Outputs out = new Outputs();
        out.send(Told.prompt(text));
        return out.list();
    }

    @Override
    public List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        Outputs out = new Outputs();
        permissions.answered(requestId, decision, message, out);
        return out.list();
    }

    @Override
    public List<AgentOutput> interrupt() {
        Outputs out = new Outputs();
        if (dialect.controls()) {
            out.send(Told.interrupt(nextRequest()));
        }
        return out.list();
    }

    @Override
    protected void hear(long offset, String line, JsonNode said, Outputs out) {
        String parent = Json.text(said, "parent_tool_use_id");
        switch (Json.text(said, "type", "")) {
            case "stream_event" -> {
                if (parent == null) { // a sub-agent's lines are taken whole
                    speech.streamed(offset, said.path("event"), out);
                }
            }
            case "assistant" -> assistant(offset, said, parent, out);
            case "user" -> user(said, parent, out);
            case "control_request" -> permissions.asked(said, out);
            case "control_cancel_request" -> permissions.withdrawn(said, out);
            case "control_response" -> reply(said.path("response"), out);
            case "system" -> {
                if ("init".equals(Json.text(said, "subtype"))) {
                    began(said, out);
                } else {
                    Notices.system(said, line, out);
                }
            }
            case "rate_limit_event" -> Notices.rateLimit(said, out);
            case "result" -> result(said, out);
            case "keep_alive", "tool_progress", "tool_use_summary", "prompt_suggestion" -> {} // of no use to a reader
            default -> out.notUnderstood(Json.text(said, "type", "no type"), line);
        }
    }

    private void began(JsonNode said, Outputs out) {
        String id = Json.text(said, "session_id");
        if (id == null || id.equals(session)) {
            return; // every turn says it again
        }
        session = id;
        out.add(new SessionStarted(id));
        out.log(LogType.INFO, dialect.greeting(said));
        for (JsonNode server : said.path("mcp_servers")) {
            String status = Json.text(server, "status", "?");
            LogType type = status.equals("connected") || status.equals("pending") ? LogType.INFO : LogType.WARNING;
            out.log(type, "MCP server " + Json.text(server, "name", "?") + ": " + status);
        }
    }

    private void assistant(long offset, JsonNode said, @Nullable String parent, Outputs out) {
        JsonNode message = said.path("message");
        if (Json.flag(said, "is_api_error_message") || "<synthetic>".equals(Json.text(message, "model"))) {
            apiError = Json.text(said, "error", "unknown");
            return; // the result repeats it
        }
        int index = 0;
        for (JsonNode block : message.path("content")) {
            String id = speech.id(offset, index++);
            if (parent == null) {
                mainBlock(id, Json.text(message, "id"), block, out);
            } else {
                subAgentBlock(id, parent, block, out);
            }
        }
        boolean last = parent == null && "end_turn".equals(Json.text(message, "stop_reason"));
        if (last && dialect.endsWithItsInput() && works()) {
            endTurn(new Verdict.Succeeded(), out); // the result comes when its input is closed, and may still differ
        }
    }

    private void mainBlock(String id, @Nullable String apiMessage, JsonNode block, Outputs out) {
        switch (Json.text(block, "type", "")) {
            case "text" -> speech.text(id, apiMessage, Json.text(block, "text", ""), out);
            case "thinking" -> speech.thinking(id, apiMessage, Json.text(block, "thinking", ""), out);
            case "tool_use", "server_tool_use" ->
                tools.running(callId(id, block), Speech.name(block), block.path("input"), description(block), out);
            case "redacted_thinking" -> {} // encrypted
            default -> toolResult(block, tools, out);
        }
    }

    private void subAgentBlock(String id, String parent, JsonNode block, Outputs out) {
        switch (Json.text(block, "type", "")) {
            case "text" -> subAgents.text(parent, Json.text(block, "text", ""), out);
            case "thinking" -> subAgents.thinking(id, Json.text(block, "thinking", ""), out);
            case "tool_use", "server_tool_use" ->
                subAgents.call(parent, callId(id, block), block, description(block), out);
            case "redacted_thinking" -> {} // encrypted
            default -> toolResult(block, subAgents.tools(), out);
        }
    }

    private void user(JsonNode said, @Nullable String parent, Outputs out) {
        JsonNode content = said.path("message").path("content");
        LogType type = Json.flag(said, "isSynthetic") ? LogType.WARNING : LogType.INFO; // it goes on after trouble
        if (content.isTextual()) {
            out.log(type, content.asText());
        }
        for (JsonNode block : content) {
            if (!"text".equals(Json.text(block, "type"))) {
                toolResult(block, parent == null ? tools : subAgents.tools(), out);
            } else if (parent == null
                    && dialect.controls()) { // Amp echoes the prompt; a sub-agent's is its order, which the call that
                // started it shows
                out.log(type, Json.text(block, "text", ""));
            }
        }
    }

    private static void toolResult(JsonNode block, OpenTools tools, Outputs out) {
        String callId = Json.text(block, "tool_use_id");
        if (callId == null) {
            out.log(LogType.INFO, Json.write(block));
        } else {
            ResultText.close(callId, block, tools, out);
        }
    }

    private void reply(JsonNode response, Outputs out) {
        if ("error".equals(Json.text(response, "subtype"))) {
            out.log(
                    LogType.WARNING,
                    dialect.title() + " refused a request: " + Json.text(response, "error", "no reason"));
        }
    }

    private void result(JsonNode said, Outputs out) {
        speech.giveUp(out);
        out.add(verdicts.used(said));
        boolean lost = session == null && assignment.resume() != null && Json.flag(said, "is_error");
        if (lost) {
            loseSession("", out);
        } else {
            Verdict verdict = Verdicts.of(dialect, said, apiError);
            if (!dialect.endsWithItsInput() || works() || !(verdict instanceof Verdict.Succeeded)) {
                endTurn(verdict, out);
            }
        }
    }

    @Override
    protected @Nullable Verdict meaning(String line) {
        return dialect.meaning(line);
    }

    @Override
    protected void left(Outputs out) {
        subAgents.tools().closeAll("The agent ended before its tool did", out);
    }

    private String nextRequest() {
        requests++;
        return assignment.attempt() + "." + requests;
    }

    private static String callId(String otherwise, JsonNode block) {
        return Json.text(block, "id", otherwise);
    }

    private static @Nullable String description(JsonNode block) {
        return Json.text(block.path("input"), "description");
    }
}
