package dev.sesame.agent.demo;

import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.agent.AgentOutput.SessionStarted;
import dev.sesame.agent.AgentOutput.TurnEnded;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.event.EventBody;
import java.util.List;
import java.util.stream.Collectors;

/// What tests look for in an agent's outputs.
final class Outputs {

    private Outputs() {}

    static List<EventBody> events(List<AgentOutput> outputs) {
        return outputs.stream()
                .filter(Event.class::isInstance)
                .map(output -> ((Event) output).body())
                .toList();
    }

    static List<EventBody.ToolResult> results(List<AgentOutput> outputs) {
        return events(outputs).stream()
                .filter(EventBody.ToolResult.class::isInstance)
                .map(EventBody.ToolResult.class::cast)
                .toList();
    }

    static String said(List<AgentOutput> outputs) {
        return events(outputs).stream()
                .filter(EventBody.Message.class::isInstance)
                .map(body -> ((EventBody.Message) body).textDelta())
                .collect(Collectors.joining());
    }

    static Verdict verdict(List<AgentOutput> outputs) {
        return ((TurnEnded) outputs.getLast()).verdict();
    }

    static String session(List<AgentOutput> outputs) {
        return outputs.stream()
                .filter(SessionStarted.class::isInstance)
                .map(output -> ((SessionStarted) output).sessionId())
                .findFirst()
                .orElseThrow();
    }
}
