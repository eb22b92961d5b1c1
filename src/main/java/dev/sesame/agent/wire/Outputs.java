package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.AgentOutput;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.LogType;
import java.util.ArrayList;
import java.util.List;

/// What one step of a conversation comes to, in order. For one thread.
public final class Outputs {
    private final List<AgentOutput> outputs = new ArrayList<>(2);

    public void add(AgentOutput output) {
        outputs.add(output);
    }

    public void event(EventBody body) {
        outputs.add(new AgentOutput.Event(body));
    }

    /// A message above 64 KiB loses its middle.
    public void log(LogType type, String message) {
        event(new EventBody.Log(type, Cut.of(message).text()));
    }

    /// A line of a kind that is not known.
    public void notUnderstood(String kind, String line) {
        log(LogType.INFO, line);
        outputs.add(new AgentOutput.NotUnderstood(kind));
    }

    public void send(JsonNode line) {
        outputs.add(new AgentOutput.Send(Json.write(line)));
    }

    public List<AgentOutput> list() {
        return outputs;
    }
}
