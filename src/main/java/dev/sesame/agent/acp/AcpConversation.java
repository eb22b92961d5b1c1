package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.McpServer;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.JsonRpc;
import dev.sesame.agent.wire.JsonRpc.Heard;
import dev.sesame.agent.wire.LineConversation;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt's conversation over ACP: initialize, a session that is new or loaded, its mode, then a turn per
/// prompt; each step is sent when the answer to the one before comes.
///
/// A loaded session tells its past again, which the log has already: until the first prompt is sent, updates are
/// dropped. Where a denied request ends the agent's turn, it is told in a prompt of ours to go on without, so
/// that a denial means the same with every agent.
final class AcpConversation extends LineConversation {
    private final AcpProfile profile;
    private final JsonRpc rpc;
    private final Speech speech;
    private final Calls calls;
    private final Approvals approvals;
    private final Usage usage;
    private final Failures failures;
    private String version = "?";
    private String session = "";
    private boolean prompted;
    private boolean interrupted;

    AcpConversation(AcpProfile profile, Assignment assignment) {
        super(profile.title(), assignment);
        this.profile = profile;
        rpc = new JsonRpc(assignment.attempt(), true);
        speech = new Speech(assignment.attempt(), profile.asides());
        calls = new Calls(
                tools, assignment.mcpServers().stream().map(McpServer::name).toList());
        approvals = new Approvals(assignment, rpc, calls);
        usage = new Usage(profile.counting());
        failures = new Failures(profile);
    }

    @Override
    public List<AgentOutput> start() {
        Outputs out = new Outputs();
        ObjectNode params = Json.object().put("protocolVersion", 1);
        ObjectNode capabilities = params.putObject("clientCapabilities").put("terminal", false);
        capabilities.putObject("fs").put("readTextFile", false).put("writeTextFile", false);
        params.putObject("clientInfo")
                .put("name", "sesame")
                .put("title", "Sesame")
                .put("version", "1");
        rpc.request("initialize", params, out);
        return out.list();
    }

    @Override
    public List<AgentOutput> prompt(String text) {
        Outputs out = new Outputs();
        begin(text, out);
        return out.list();
    }

    private void begin(String text, Outputs out) {
        work();
        prompted = true;
        interrupted = false;
        calls.interrupted(false);
        ObjectNode params = ofSession();
        params.putArray("prompt").addObject().put("type", "text").put("text", text);
        rpc.request("session/prompt", params, out);
    }

    @Override
    public List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        Outputs out = new Outputs();
        approvals.answered(requestId, decision, message, out);
        return out.list();
    }

    @Override
    public List<AgentOutput> interrupt() {
        Outputs out = new Outputs();
        if (!session.isEmpty()) {
            interrupted = true;
            calls.interrupted(true);
            rpc.tell("session/cancel", ofSession(), out);
            approvals.cancel(out);
        }
        return out.list();
    }

    @Override
    protected void hear(long offset, String line, JsonNode said, Outputs out) {
        switch (rpc.hear(said)) {
            case Heard.Notification(String method, JsonNode params) -> {
                if (method.equals("session/update")) {
                    updated(offset, params.path("update"), line, out);
                } else if (!method.startsWith("_")) { // those are an agent's own
                    out.notUnderstood(method, line);
                }
            }
            case Heard.Request request -> approvals.asked(request, speech, out);
            case Heard.Result(String method, JsonNode result) -> done(method, result, out);
            case Heard.Failure(String method, String message, JsonNode error) -> refused(method, message, error, out);
            case Heard.Other() -> out.notUnderstood("no answer of ours", line);
        }
    }

    private void done(String method, JsonNode result, Outputs out) {
        switch (method) {
            case "initialize" -> {
                version = Json.text(result.path("agentInfo"), "version", "?");
                openSession(out);
            }
            case "session/new" -> opened(Json.text(result, "sessionId", ""), result, out);
            case "session/load" -> opened(String.valueOf(assignment.resume()), result, out);
            case "session/set_mode" -> begin(assignment.openingWords(), out);
            case "session/prompt" -> ended(result, out);
            default -> {}
        }
    }

    private void openSession(Outputs out) {
        ObjectNode params = Json.object().put("cwd", assignment.workspace());
        params.putArray("mcpServers");
        if (assignment.resume() == null) {
            rpc.request("session/new", params, out);
        } else {
            rpc.request("session/load", params.put("sessionId", assignment.resume()), out);
        }
    }

    private void opened(String id, JsonNode result, Outputs out) {
        session = id;
        out.add(new SessionStarted(id));
        out.log(LogType.INFO, profile.title() + " " + version + Models.current(result));
        AcpProfile.Modes modes = profile.modes();
        if (modes == null) {
            begin(assignment.openingWords(), out);
        } else {
            rpc.request(
                    "session/set_mode", ofSession().put("modeId", assignment.ask() ? modes.ask() : modes.auto()), out);
        }
    }

    private void refused(String method, String message, JsonNode error, Outputs out) {
        switch (method) {
            case "session/load" -> loseSession(": " + message, out);
            case "session/set_mode" -> {
                out.log(LogType.WARNING, profile.title() + " did not change its mode: " + message);
                begin(assignment.openingWords(), out);
            }
            default -> end(failures.of(method, message, error), out);
        }
    }

    private void updated(long offset, JsonNode update, String line, Outputs out) {
        if (!prompted) {
            return;
        }
        switch (Json.text(update, "sessionUpdate", "")) {
            case "agent_message_chunk" -> speech.message(offset, update, out);
            case "agent_thought_chunk" -> speech.thought(offset, update, out);
            case "tool_call", "tool_call_update" -> {
                speech.pause(out);
                calls.updated(update, out);
            }
            case "plan" -> out.log(LogType.INFO, Plans.text(update.path("entries")));
            case "usage_update" -> usage.updated(update, out);
            // An echo, or of no use to a reader.
            case "user_message_chunk", "available_commands_update", "current_mode_update" -> {}
            case "config_option_update", "session_info_update" -> {}
            default -> out.notUnderstood(Json.text(update, "sessionUpdate", "no kind"), line);
        }
    }

    private void ended(JsonNode result, Outputs out) {
        speech.pause(out);
        usage.ended(result, out);
        String why = approvals.deniedWords();
        switch (Json.text(result, "stopReason", "")) {
            case "end_turn" ->
                end(failures.silent(result, speech) ? failures.told(speech) : new Verdict.Succeeded(), out);
            case "cancelled" -> {
                if (interrupted || why == null) {
                    end(new Verdict.Interrupted(), out);
                } else {
                    calls.closeAll(out);
                    out.log(LogType.INFO, profile.title() + " stopped at the denial; it is told to go on without");
                    begin(why, out);
                }
            }
            default -> end(Failures.stopped(profile.title(), result), out);
        }
    }

    private void end(Verdict verdict, Outputs out) {
        calls.closeAll(out);
        endTurn(verdict, out);
    }

    @Override
    protected void left(Outputs out) {
        speech.pause(out);
        calls.closeAll(out);
    }

    private ObjectNode ofSession() {
        return Json.object().put("sessionId", session);
    }
}
