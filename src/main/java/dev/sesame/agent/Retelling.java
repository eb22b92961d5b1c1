package dev.sesame.agent;

import dev.sesame.agent.AgentOutput.Event;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells a conversation a recorded one: the agent's lines as they are, the client's in the words of [Conversation]. One
/// for each conversation, for one thread.
public abstract class Retelling {
    /// Who decided, where a recording doesn't say.
    public static final String DECIDED_BY = "recording";

    protected final Conversation conversation;
    private final Set<String> open = new HashSet<>();

    protected Retelling(Conversation conversation) {
        this.conversation = conversation;
    }

    /// Of an agent whose client's lines say nothing that the conversation does not say by itself.
    static Retelling oneWay(Conversation conversation) {
        return new Retelling(conversation) {
            @Override
            protected List<AgentOutput> told(Recording.Line line) {
                return List.of();
            }
        };
    }

    /// What a line of the agent's comes to.
    protected List<AgentOutput> heard(Recording.Line line) {
        return conversation.line(line.offset(), line.text());
    }

    /// What a line of the client's comes to: nothing if the conversation says it by itself, or does not say such a
    /// thing.
    protected abstract List<AgentOutput> told(Recording.Line line);

    /// The start, which belongs to no line.
    public final List<AgentOutput> start() {
        return noted(conversation.start());
    }

    public final List<AgentOutput> tell(Recording.Line line) {
        return noted(line.fromAgent() ? heard(line) : told(line));
    }

    public final List<AgentOutput> errorLine(String line) {
        return conversation.errorLine(0, line);
    }

    public final List<AgentOutput> end(int exitCode) {
        return conversation.end(exitCode);
    }

    /// The client answered a request: the event that the task would log, and what the conversation sends.
    protected final List<AgentOutput> answer(String requestId, Decision decision, @Nullable String message) {
        List<AgentOutput> outputs = new ArrayList<>();
        if (open.contains(requestId)) {
            outputs.add(new Event(new PermissionResponse(requestId, decision, DECIDED_BY, message)));
        }
        outputs.addAll(conversation.answer(requestId, decision, message));
        return outputs;
    }

    /// Called with all that the conversation gives.
    protected List<AgentOutput> noted(List<AgentOutput> outputs) {
        for (AgentOutput output : outputs) {
            if (output instanceof Event(PermissionRequest request)) {
                open.add(request.requestId());
            } else if (output instanceof Event(PermissionResponse response)) {
                open.remove(response.requestId());
            }
        }
        return outputs;
    }
}
