package dev.sesame.task;

import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Conversation;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.PermissionRequest;
import dev.sesame.event.EventBody.PermissionResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A conversation and what follows from it: whether the agent works or waits, and for what. As pure as the conversation
/// itself, so that a restart comes to the same state by telling it the same things again. For one thread.
final class Talk {

    private final Conversation conversation;
    private final Set<String> openPermissions = new LinkedHashSet<>();
    private final Map<String, Integer> notUnderstood = new TreeMap<>();
    private @Nullable Verdict verdict;
    private @Nullable Instant quotaUntil;

    Talk(Conversation conversation) {
        this.conversation = conversation;
    }

    /// What one thing came to.
    ///
    /// @param bodies for the event log
    /// @param facts what else must be stored or sent, in order
    record Turnout(List<EventBody> bodies, List<AgentOutput> facts) {}

    Turnout start() {
        return turnout(conversation.start());
    }

    Turnout line(long offset, String line) {
        return turnout(conversation.line(offset, line));
    }

    Turnout errorLine(long offset, String line) {
        return turnout(conversation.errorLine(offset, line));
    }

    Turnout prompt(String text) {
        verdict = null;
        quotaUntil = null;
        return turnout(conversation.prompt(text));
    }

    Turnout answer(PermissionResponse response) {
        List<AgentOutput> outputs = new ArrayList<>();
        outputs.add(new AgentOutput.Event(response));
        outputs.addAll(conversation.answer(response.requestId(), response.decision(), response.message()));
        return turnout(outputs);
    }

    Turnout interrupt() {
        return turnout(conversation.interrupt());
    }

    Turnout end(int exitCode) {
        return turnout(conversation.end(exitCode));
    }

    /// How the last turn ended; null while the agent works.
    @Nullable
    Verdict verdict() {
        return verdict;
    }

    /// When the agent may go on, if it said in this turn that its quota is used up, and until when.
    @Nullable
    Instant quotaUntil() {
        return quotaUntil;
    }

    /// Requests that nobody has decided, oldest first.
    List<String> openPermissions() {
        return List.copyOf(openPermissions);
    }

    /// How many lines came of each kind that this release does not know.
    Map<String, Integer> notUnderstood() {
        return notUnderstood;
    }

    boolean awaitsPermission() {
        return !openPermissions.isEmpty();
    }

    private Turnout turnout(List<AgentOutput> outputs) {
        boolean awaited = awaitsPermission();
        List<EventBody> bodies = new ArrayList<>(outputs.size() + 1);
        List<AgentOutput> facts = new ArrayList<>(0);
        for (AgentOutput output : outputs) {
            if (output instanceof AgentOutput.Event(EventBody body)) {
                note(body);
                bodies.add(body);
            } else {
                if (output instanceof AgentOutput.TurnEnded ended) {
                    verdict = ended.verdict();
                } else if (output instanceof AgentOutput.QuotaExhausted exhausted) {
                    quotaUntil = exhausted.until();
                } else if (output instanceof AgentOutput.NotUnderstood(String kind)) {
                    notUnderstood.merge(kind, 1, Integer::sum);
                    continue;
                }
                facts.add(output);
            }
        }
        if (awaited != awaitsPermission()) {
            bodies.add(Journal.status(awaited ? Phase.RUNNING : Phase.AWAITING_PERMISSION));
        }
        return new Turnout(bodies, facts);
    }

    private void note(EventBody body) {
        if (body instanceof PermissionRequest request) {
            openPermissions.add(request.requestId());
        } else if (body instanceof PermissionResponse response) {
            openPermissions.remove(response.requestId());
        }
    }
}
