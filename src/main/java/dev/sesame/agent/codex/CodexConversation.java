package dev.sesame.agent.codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.QuotaExhausted;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.JsonRpc;
import dev.sesame.agent.wire.JsonRpc.Heard;
import dev.sesame.agent.wire.LineConversation;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt's conversation with `codex app-server`: initialize, start or resume a thread, then a turn per
/// prompt; each step is sent when the answer to the one before comes.
final class CodexConversation extends LineConversation {
    private final JsonRpc rpc;
    private final Items items;
    private final Approvals approvals;
    private final Usage usage = new Usage();
    private String thread = "";
    private String turn = "";
    private boolean retried;

    CodexConversation(Assignment assignment) {
        super("Codex", assignment);
        rpc = new JsonRpc(assignment.attempt(), false);
        items = new Items(assignment.attempt(), tools);
        approvals = new Approvals(assignment.attempt(), assignment.ask(), rpc, tools);
    }

    @Override
    public List<AgentOutput> start() {
        Outputs out = new Outputs();
        ObjectNode params = Json.object();
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
        retried = false;
        turn = "";
        ObjectNode params = Json.object().put("threadId", thread);
        params.putArray("input")
                .addObject()
                .put("type", "text")
                .put("text", text)
                .putArray("text_elements");
        rpc.request("turn/start", params, out);
    }

    @Override
    public List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        Outputs out = new Outputs();
        approvals.answered(requestId, decision, out);
        return out.list();
    }

    @Override
    public List<AgentOutput> interrupt() {
        Outputs out = new Outputs();
        if (!turn.isEmpty()) {
            rpc.request("turn/interrupt", Json.object().put("threadId", thread).put("turnId", turn), out);
        }
        return out.list();
    }

    @Override
    protected void hear(long offset, String line, JsonNode said, Outputs out) {
        switch (rpc.hear(said)) {
            case Heard.Notification(String method, JsonNode params) -> notified(offset, method, params, line, out);
            case Heard.Request request -> approvals.asked(request, out);
            case Heard.Result(String method, JsonNode result) -> done(method, result, out);
            case Heard.Failure(String method, String message, JsonNode _) -> refused(method, message, out);
            case Heard.Other() -> out.notUnderstood("no answer of ours", line);
        }
    }

    private void done(String method, JsonNode result, Outputs out) {
        switch (method) {
            case "initialize" -> {
                rpc.tell("initialized", out);
                openThread(out);
            }
            case "thread/start", "thread/resume" -> {
                thread = Json.text(result.path("thread"), "id", "");
                out.add(new SessionStarted(thread));
                String version = Json.text(result.path("thread"), "cliVersion", "?");
                out.log(LogType.INFO, "Codex " + version + ", model " + Json.text(result, "model", "?"));
                begin(assignment.openingWords(), out);
            }
            case "turn/start" -> turn = Json.text(result.path("turn"), "id", turn);
            default -> {} // turn/interrupt: the turn's end follows
        }
    }

    private void openThread(Outputs out) {
        ObjectNode params = Json.object()
                .put("cwd", assignment.workspace())
                .put("approvalPolicy", assignment.ask() ? "untrusted" : "never")
                .put("sandbox", assignment.ask() ? "read-only" : "danger-full-access");
        if (assignment.model() != null) {
            params.put("model", assignment.model());
        }
        if (assignment.resume() == null) {
            rpc.request("thread/start", params, out);
        } else {
            rpc.request("thread/resume", params.put("threadId", assignment.resume()), out);
        }
    }

    private void refused(String method, String message, Outputs out) {
        switch (method) {
            case "thread/resume" -> loseSession(": " + message, out);
            case "turn/interrupt" -> out.log(LogType.WARNING, "Codex did not interrupt its turn: " + message);
            default -> end(new Verdict.Failed("agent_failed", "Codex refused " + method + ": " + message, false), out);
        }
    }

    private void notified(long offset, String method, JsonNode params, String line, Outputs out) {
        switch (method) {
            case "item/started" -> items.started(offset, params.path("item"), out);
            case "item/completed" -> items.completed(offset, params.path("item"), out);
            case "item/agentMessage/delta" -> items.messageDelta(offset, params, out);
            case "item/reasoning/summaryTextDelta" -> items.reasoningDelta(params, out);
            case "item/reasoning/summaryPartAdded" -> items.reasoningPart(params, out);
            case "serverRequest/resolved" -> approvals.resolved(params, out);
            case "thread/tokenUsage/updated" -> used(params, out);
            case "account/rateLimits/updated" -> quota(params.path("rateLimits"), out);
            case "turn/completed" -> completed(params.path("turn"), out);
            case "mcpServer/startupStatus/updated" -> server(params, out);
            case "turn/plan/updated" -> out.log(LogType.INFO, "Plan: " + Json.write(params.path("plan")));
            case "error" -> error(params, out);
            case "warning", "configWarning", "deprecationNotice" ->
                out.log(LogType.WARNING, Json.text(params, "message", Json.text(params, "summary", line)));
            // The whole follows at the item's end.
            case "item/commandExecution/outputDelta", "item/fileChange/outputDelta", "item/reasoning/textDelta" -> {}
            // Said by other lines as well, or of no use to a reader.
            case "thread/started", "thread/status/changed", "turn/started", "turn/diff/updated" -> {}
            case "remoteControl/status/changed", "item/fileChange/patchUpdated", "skills/changed" -> {}
            default -> out.notUnderstood(method, line);
        }
    }

    private void used(JsonNode params, Outputs out) {
        if (turn.equals(Json.text(params, "turnId"))) {
            out.add(usage.updated(params.path("tokenUsage")));
        } else {
            usage.before(params.path("tokenUsage")); // a turn of an earlier attempt, told when its thread is resumed
        }
    }

    private static void server(JsonNode params, Outputs out) {
        String status = Json.text(params, "status", "?");
        if (!status.equals("starting")) {
            LogType type = status.equals("ready") ? LogType.INFO : LogType.WARNING;
            String why = Json.text(params, "error", "");
            out.log(
                    type,
                    "MCP server " + Json.text(params, "name", "?") + ": " + status + (why.isEmpty() ? "" : ": " + why));
        }
    }

    private static void quota(JsonNode limits, Outputs out) {
        String reached = Json.text(limits, "rateLimitReachedType");
        if (reached != null) {
            long resets = Json.number(limits.path("primary"), "resetsAt");
            Instant until = resets > 0 ? Instant.ofEpochSecond(resets) : null;
            String message = "The quota is used up (" + reached + ")" + (until == null ? "" : " until " + until);
            out.log(LogType.WARNING, message);
            out.add(new QuotaExhausted(until, message));
        }
    }

    private void error(JsonNode params, Outputs out) {
        if (Json.flag(params, "willRetry")) { // else the turn's end repeats it
            retried = true;
            JsonNode error = params.path("error");
            String details = Json.text(error, "additionalDetails");
            String message = Json.text(error, "message", "An error");
            out.log(LogType.WARNING, details == null ? message : message + ": " + details);
        }
    }

    private void completed(JsonNode turn, Outputs out) {
        Verdict verdict = switch (Json.text(turn, "status", "")) {
            case "completed" -> new Verdict.Succeeded();
            case "interrupted" -> new Verdict.Interrupted();
            default -> Failures.of(turn.path("error"), retried);
        };
        end(verdict, out);
    }

    private void end(Verdict verdict, Outputs out) {
        turn = "";
        endTurn(verdict, out);
    }
}
