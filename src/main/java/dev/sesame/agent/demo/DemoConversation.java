package dev.sesame.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.Send;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Used;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the demo agent's lines mean. The agent's ids are unique within its process, so the attempt's number in front
/// makes them unique in the task.
///
/// In `auto` mode a permission request is answered at once, in the step that reads it: readers see the request and
/// the answer by `policy`.
final class DemoConversation implements Conversation {
    private final Assignment assignment;
    private final String prefix;
    private final Map<String, ToolCall> open = new LinkedHashMap<>();
    private boolean working = true;

    DemoConversation(Assignment assignment) {
        this.assignment = assignment;
        prefix = assignment.attempt() + "-";
    }

    @Override
    public List<AgentOutput> start() {
        List<AgentOutput> first = new ArrayList<>();
        for (String message : assignment.history()) {
            first.add(new Send("history " + base64(message)));
        }
        first.addAll(prompt(assignment.prompt()));
        return first;
    }

    @Override
    public List<AgentOutput> prompt(String text) {
        working = true;
        return List.of(new Send("prompt " + base64(text)));
    }

    @Override
    public List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        String id = requestId.startsWith(prefix) ? requestId.substring(prefix.length()) : requestId;
        String word = decision.name().toLowerCase(Locale.ROOT);
        String why = message == null || message.isEmpty() ? "" : " " + base64(message);
        return List.of(new Send("answer " + id + " " + word + why));
    }

    @Override
    public List<AgentOutput> interrupt() {
        return List.of(new Send("interrupt"));
    }

    @Override
    public List<AgentOutput> line(long offset, String line) {
        if (line.isBlank()) {
            return List.of();
        }
        JsonNode said = DemoJson.read(line);
        return switch (said.path("type").asText()) {
            case "text" -> event(new EventBody.Message(id(said), text(said, "delta"), flag(said, "end")));
            case "thinking" -> event(new EventBody.Thinking(id(said), text(said, "delta")));
            case "tool" -> tool(said);
            case "result" -> result(said);
            case "ask" -> ask(said);
            case "session" -> session(said);
            case "usage" ->
                List.of(new Used(
                        said.path("input").asLong(), said.path("output").asLong(), null, null));
            case "log" -> log(LogType.INFO, text(said, "message"));
            case "turn" -> turn(said);
            default -> log(LogType.INFO, line);
        };
    }

    @Override
    public List<AgentOutput> errorLine(long offset, String line) {
        return line.isBlank() ? List.of() : log(LogType.WARNING, line);
    }

    @Override
    public List<AgentOutput> end(int exitCode) {
        List<AgentOutput> last = new ArrayList<>();
        for (ToolCall call : open.values()) {
            last.add(new Event(failed(call, "The agent ended before its tool did")));
        }
        open.clear();
        if (working) {
            working = false;
            String message = "The demo agent ended with exit code " + exitCode + " before it had finished";
            last.add(new TurnEnded(new Verdict.Failed("agent_exited", message, true)));
        }
        return last;
    }

    private List<AgentOutput> session(JsonNode said) {
        List<AgentOutput> outputs = new ArrayList<>();
        outputs.add(new SessionStarted(text(said, "id")));
        if (said.has("lost")) {
            String message = "The agent's session " + text(said, "lost") + " is lost; it starts a new one";
            outputs.addAll(log(LogType.WARNING, message));
        }
        return outputs;
    }

    private List<AgentOutput> tool(JsonNode said) {
        ToolState state = text(said, "state").equals("pending") ? ToolState.PENDING : ToolState.RUNNING;
        String description = said.has("description") ? text(said, "description") : null;
        ToolCall call = call(id(said), text(said, "name"), said.path("input"), state, description);
        open.put(call.callId(), call);
        return event(new EventBody.ToolUse(call));
    }

    private List<AgentOutput> result(JsonNode said) {
        ToolCall call = open.remove(id(said));
        if (call == null) {
            call = unknown(id(said));
        }
        boolean error = flag(said, "error");
        Cut cut = Cut.of(text(said, "output"));
        return event(new EventBody.ToolResult(
                call.callId(),
                call.name(),
                cut.text(),
                error,
                said.has("exitCode") ? said.path("exitCode").asInt() : null,
                cut.truncated() || flag(said, "truncated"),
                in(call, error ? ToolState.FAILED : ToolState.COMPLETED)));
    }

    private List<AgentOutput> ask(JsonNode said) {
        ToolCall call = open.getOrDefault(prefix + text(said, "tool"), unknown(prefix + text(said, "tool")));
        EventBody.PermissionRequest request = new EventBody.PermissionRequest(
                id(said), call.callId(), call.name(), call.input(), text(said, "title"), null);
        if (assignment.ask()) {
            return event(request);
        }
        List<AgentOutput> outputs = new ArrayList<>(event(request));
        outputs.addAll(event(new EventBody.PermissionResponse(id(said), Decision.ALLOW, "policy", null)));
        outputs.addAll(answer(id(said), Decision.ALLOW, null));
        return outputs;
    }

    private List<AgentOutput> turn(JsonNode said) {
        working = false;
        return List.of(new TurnEnded(
                switch (text(said, "result")) {
                    case "done" -> new Verdict.Succeeded();
                    case "interrupted" -> new Verdict.Interrupted();
                    default -> new Verdict.Failed(text(said, "code"), text(said, "message"), false);
                }));
    }

    private String id(JsonNode said) {
        return prefix + text(said, "id");
    }

    private static String text(JsonNode said, String name) {
        return said.path(name).asText();
    }

    private static boolean flag(JsonNode said, String name) {
        return said.path(name).asBoolean();
    }

    private static List<AgentOutput> event(EventBody body) {
        return List.of(new Event(body));
    }

    private static List<AgentOutput> log(LogType type, String message) {
        return event(new EventBody.Log(type, message));
    }

    private static EventBody failed(ToolCall call, String why) {
        return new EventBody.ToolResult(call.callId(), call.name(), why, true, null, false, in(call, ToolState.FAILED));
    }

    private static ToolCall unknown(String id) {
        return call(id, "unknown", JsonNodeFactory.instance.objectNode(), ToolState.RUNNING, null);
    }

    private static ToolCall in(ToolCall call, ToolState state) {
        return call(call.callId(), call.name(), call.input(), state, call.description());
    }

    private static ToolCall call(
            String id, String name, JsonNode input, ToolState state, @Nullable String description) {
        return new ToolCall(id, name, input, state, description, null, null, null);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
