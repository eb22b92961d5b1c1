package dev.sesame.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.QuotaExhausted;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.OpenTools;
import dev.sesame.agent.wire.Outputs;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.event.EventBody.Thinking;
import dev.sesame.event.EventBody.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the demo agent's lines mean. The agent's ids are unique within its process, so the attempt's number in front
/// makes them unique in the task.
///
/// In `auto` mode a permission request is answered at once, in the step that reads it: readers see the request and
/// the answer by `policy`.
final class DemoConversation implements Conversation {
    private final Assignment assignment;
    private final String prefix;
    private final OpenTools tools = new OpenTools();
    private boolean working = true;

    DemoConversation(Assignment assignment) {
        this.assignment = assignment;
        prefix = assignment.attempt() + "-";
    }

    @Override
    public List<AgentOutput> start() {
        Outputs out = new Outputs();
        for (String message : assignment.history()) {
            out.add(new Send("history " + base64(message)));
        }
        out.add(new Send("prompt " + base64(assignment.prompt())));
        return out.list();
    }

    @Override
    public List<AgentOutput> prompt(String text) {
        working = true;
        return List.of(new Send("prompt " + base64(text)));
    }

    @Override
    public List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        return List.of(reply(requestId, decision, message));
    }

    private Send reply(String requestId, Decision decision, @Nullable String message) {
        String id = requestId.startsWith(prefix) ? requestId.substring(prefix.length()) : requestId;
        String word = decision.name().toLowerCase(Locale.ROOT);
        return new Send("answer " + id + " " + word + (message == null ? "" : " " + base64(message)));
    }

    @Override
    public List<AgentOutput> interrupt() {
        return List.of(new Send("interrupt"));
    }

    @Override
    public List<AgentOutput> line(long offset, String line) {
        Outputs out = new Outputs();
        if (!line.isBlank()) {
            JsonNode said = Json.object(line);
            if (said == null || !understood(said, out)) {
                out.log(LogType.INFO, line);
            }
        }
        return out.list();
    }

    @Override
    public List<AgentOutput> errorLine(long offset, String line) {
        Outputs out = new Outputs();
        if (!line.isBlank()) {
            out.log(LogType.WARNING, line);
        }
        return out.list();
    }

    @Override
    public List<AgentOutput> end(int exitCode) {
        Outputs out = new Outputs();
        tools.closeAll("The agent ended before its tool did", out);
        if (working) {
            working = false;
            String message = "The demo agent ended with exit code " + exitCode + " before it had finished";
            out.add(new TurnEnded(new Verdict.Failed("agent_crashed", message, true)));
        }
        return out.list();
    }

    private boolean understood(JsonNode said, Outputs out) {
        switch (text(said, "type")) {
            case "text" -> out.event(new Message(id(said), text(said, "delta"), Json.flag(said, "end")));
            case "thinking" -> out.event(new Thinking(id(said), text(said, "delta")));
            case "tool" -> tool(said, out);
            case "result" -> result(said, out);
            case "ask" -> ask(said, out);
            case "session" -> out.add(new SessionStarted(text(said, "id")));
            case "usage" -> out.add(new Used(Json.number(said, "input"), Json.number(said, "output"), null, null));
            case "quota" ->
                out.add(new QuotaExhausted(Instant.ofEpochMilli(Json.number(said, "until")), "The demo's quota"));
            case "log" -> out.log(LogType.INFO, text(said, "message"));
            case "turn" -> turn(said, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tool(JsonNode said, Outputs out) {
        String description = Json.text(said, "description");
        if (text(said, "state").equals("pending")) {
            tools.pending(id(said), text(said, "name"), said.path("input"), description, out);
        } else {
            tools.running(id(said), text(said, "name"), said.path("input"), description, out);
        }
    }

    private void result(JsonNode said, Outputs out) {
        Integer exitCode = said.has("exitCode") ? (int) Json.number(said, "exitCode") : null;
        tools.result(id(said), text(said, "output"), Json.flag(said, "error"), exitCode, out);
    }

    private void ask(JsonNode said, Outputs out) {
        String callId = prefix + text(said, "tool");
        ToolCall call = tools.get(callId);
        String name = call == null ? "unknown" : call.name();
        JsonNode input = call == null ? Json.object() : call.input();
        out.event(new PermissionRequest(id(said), callId, name, input, text(said, "title"), null));
        if (!assignment.ask()) {
            out.event(new PermissionResponse(id(said), Decision.ALLOW, "policy", null));
            out.add(reply(id(said), Decision.ALLOW, null));
        }
    }

    private void turn(JsonNode said, Outputs out) {
        working = false;
        out.add(new TurnEnded(
                switch (text(said, "result")) {
                    case "done" -> new Verdict.Succeeded();
                    case "interrupted" -> new Verdict.Interrupted();
                    default -> {
                        String code = text(said, "code");
                        yield new Verdict.Failed(code, text(said, "message"), code.equals("quota_exhausted"));
                    }
                }));
    }

    private String id(JsonNode said) {
        return prefix + text(said, "id");
    }

    private static String text(JsonNode said, String name) {
        return Json.text(said, name, "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
