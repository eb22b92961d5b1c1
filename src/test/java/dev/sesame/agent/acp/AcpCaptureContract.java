package dev.sesame.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.wire.Capture;
import dev.sesame.agent.wire.CaptureContract;
import dev.sesame.agent.wire.Json;
import dev.sesame.event.EventBody.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Captures of agents over ACP. The captured clients numbered their requests in their own way, and some set no mode:
/// the
/// answers are given to the request of the same method.
abstract class AcpCaptureContract extends CaptureContract {

    private static final Map<String, String> FOLDED = Map.ofEntries(
            Map.entry("result", "our request was carried out"),
            Map.entry("available_commands_update", "for people at a terminal"),
            Map.entry("config_option_update", "for people at a terminal"),
            Map.entry("current_mode_update", "we set it"),
            Map.entry("session_info_update", "the task has its own title"),
            Map.entry("usage_update", "the context's size; costs are taken"),
            Map.entry("user_message_chunk", "an echo"),
            Map.entry("tool_call_update", "the output so far; the end has the whole"),
            Map.entry("agent_message_chunk", "no words of the agent's: the mode was changed"),
            Map.entry("tool_call", "of the past of a session that was loaded"),
            Map.entry("agent_thought_chunk", "of that past, or empty"));

    private final AcpProfile profile;
    private final Map<Conversation, Ids> ids = new HashMap<>();

    AcpCaptureContract(AcpProfile profile) {
        this.profile = profile;
    }

    /// @param captured the client's id → method
    /// @param ours method → our last id for it
    /// @param asked the agent's requests by their id
    private record Ids(Map<String, String> captured, Map<String, String> ours, Map<String, JsonNode> asked) {}

    @Override
    protected Conversation begin(Capture capture) {
        boolean asks = capture.toString().contains("perm");
        boolean loads = capture.toString().contains("load");
        AcpConversation conversation = new AcpConversation(
                profile,
                new Assignment(
                        "task_1",
                        1,
                        "Do it",
                        null,
                        asks,
                        loads ? "the-session" : null,
                        List.of(),
                        "/workspace",
                        "/home/agent"));
        Ids known = new Ids(new HashMap<>(), new HashMap<>(), new HashMap<>());
        known.ours().put("initialize", "1.1");
        ids.put(conversation, known);
        return conversation;
    }

    @Override
    protected List<AgentOutput> tell(Conversation conversation, Capture.Line line) {
        Ids known = Objects.requireNonNull(ids.get(conversation));
        JsonNode said = line.json();
        List<AgentOutput> outputs =
                line.fromAgent() ? heard(conversation, said, line, known) : told(conversation, said, known);
        return noted(outputs, known);
    }

    private List<AgentOutput> heard(Conversation conversation, JsonNode said, Capture.Line line, Ids known) {
        if (said.has("method")) {
            known.asked().put(said.path("id").asText(), said);
            return conversation.line(line.offset(), line.text());
        }
        String method = known.captured().getOrDefault(said.path("id").asText(), "");
        return conversation.line(line.offset(), as(said, method, known));
    }

    private static String as(JsonNode said, String method, Ids known) {
        String id = known.ours().getOrDefault(method, "unknown");
        return ((ObjectNode) said).put("id", id).toString();
    }

    private List<AgentOutput> told(Conversation conversation, JsonNode said, Ids known) {
        String method = Json.text(said, "method", "");
        if (said.has("id") && !method.isEmpty()) {
            known.captured().put(said.path("id").asText(), method);
        }
        return switch (method) {
            case "session/prompt" -> prompt(conversation, said, known);
            case "session/cancel" -> conversation.interrupt();
            case "" -> conversation.answer("1.approval." + Json.text(said, "id"), decision(said, known), null);
            default -> List.of();
        };
    }

    /// The first prompt is the assignment's, sent when the mode is set. Some captured clients set none.
    private static List<AgentOutput> prompt(Conversation conversation, JsonNode said, Ids known) {
        boolean first = known.captured().values().stream()
                        .filter("session/prompt"::equals)
                        .count()
                == 1;
        if (!first) {
            return conversation.prompt(
                    Json.text(said.path("params").path("prompt").path(0), "text", ""));
        }
        boolean modeIsDue = known.ours().containsKey("session/set_mode")
                && !known.captured().containsValue("session/set_mode");
        return modeIsDue
                ? conversation.line(0, as(Json.object().putNull("result"), "session/set_mode", known))
                : List.of();
    }

    private static Decision decision(JsonNode said, Ids known) {
        String chosen = Json.text(said.path("result").path("outcome"), "optionId", "");
        JsonNode asked = known.asked().getOrDefault(said.path("id").asText(), Json.object());
        for (JsonNode option : asked.path("params").path("options")) {
            if (chosen.equals(Json.text(option, "optionId"))) {
                String kind = Json.text(option, "kind", "");
                return kind.equals("allow_once")
                        ? Decision.ALLOW
                        : kind.equals("allow_always") ? Decision.ALLOW_ALWAYS : Decision.DENY;
            }
        }
        return Decision.DENY;
    }

    private static List<AgentOutput> noted(List<AgentOutput> outputs, Ids known) {
        for (AgentOutput output : outputs) {
            if (output instanceof AgentOutput.Send(String line)) {
                JsonNode sent = Objects.requireNonNull(Json.object(line));
                if (sent.has("method") && sent.has("id")) {
                    known.ours().put(Json.text(sent, "method", ""), Json.text(sent, "id", ""));
                }
            }
        }
        return outputs;
    }

    @Override
    protected String kind(JsonNode line) {
        return Json.text(line.path("params").path("update"), "sessionUpdate", Json.text(line, "method", "result"));
    }

    @Override
    protected Map<String, String> folded() {
        return FOLDED;
    }
}
