package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Recordings of JSON-RPC. Another client numbered its requests in its own way, and may have made others: an answer of
/// the agent's is given to our request of the same method.
public abstract class RpcRetelling extends Retelling {
    private final Map<String, String> recorded = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();
    private final Map<String, JsonNode> asked = new HashMap<>();

    protected RpcRetelling(Conversation conversation) {
        super(conversation);
    }

    /// A request or a notification of the client's.
    ///
    /// @param first whether it is the first of its method
    protected abstract List<AgentOutput> said(String method, JsonNode line, boolean first);

    /// The client's answer to a request of the agent's.
    protected abstract List<AgentOutput> answered(JsonNode line, JsonNode asked);

    @Override
    protected final List<AgentOutput> told(Recording.Line line) {
        JsonNode said = Json.object(line.text());
        if (said == null) {
            return List.of();
        }
        String method = Json.text(said, "method", "");
        if (method.isEmpty()) {
            return answered(said, asked.getOrDefault(said.path("id").asText(), Json.object()));
        }
        boolean first = !recorded.containsValue(method);
        if (said.has("id")) {
            recorded.put(said.path("id").asText(), method);
        }
        return said(method, said, first);
    }

    @Override
    protected final List<AgentOutput> heard(Recording.Line line) {
        JsonNode said = Json.object(line.text());
        if (said == null) {
            return super.heard(line);
        }
        if (said.has("method")) {
            asked.put(said.path("id").asText(), said);
            return super.heard(line);
        }
        String method = recorded.get(said.path("id").asText());
        if (method == null) {
            return super.heard(line);
        }
        return ours.containsKey(method)
                ? conversation.line(line.offset(), answer((ObjectNode) said, method))
                : List.of(); // to a request that only the recorded client made
    }

    /// As the answer to our last request of the method.
    protected final String answer(ObjectNode result, String method) {
        return Json.write(result.put("id", ours.getOrDefault(method, "unknown")));
    }

    protected final boolean requested(String method) {
        return ours.containsKey(method);
    }

    protected final boolean recorded(String method) {
        return recorded.containsValue(method);
    }

    @Override
    protected final List<AgentOutput> noted(List<AgentOutput> outputs) {
        for (AgentOutput output : outputs) {
            if (output instanceof AgentOutput.Send(String line)) {
                JsonNode sent = Json.object(line);
                if (sent != null && sent.has("method") && sent.has("id")) {
                    ours.put(Json.text(sent, "method", ""), Json.text(sent, "id", ""));
                }
            }
        }
        return super.noted(outputs);
    }
}
