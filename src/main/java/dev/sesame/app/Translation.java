package dev.sesame.app;

import dev.sesame.agent.AgentOutput;
import dev.sesame.agent.AgentOutput.Verdict;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Failure;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventJson;
import dev.sesame.event.UniversalEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The events of a recording, as the API would show them of a task: numbered from 0, `fullText` with a message's last
/// event, `done` at the end. A recording tells no times, so all of them are the epoch's. For one thread.
final class Translation {
    private final Retelling retelling;
    private final Consumer<String> lines;
    private final Map<String, StringBuilder> messages = new HashMap<>();
    private final Map<String, Integer> notUnderstood = new TreeMap<>();
    private @Nullable Verdict verdict;
    private long seq;

    Translation(Retelling retelling, Consumer<String> lines) {
        this.retelling = retelling;
        this.lines = lines;
    }

    void translate(Recording recording, List<String> errors) {
        take(retelling.start());
        recording.lines().forEach(line -> take(retelling.tell(line)));
        errors.forEach(line -> take(retelling.errorLine(line)));
        take(retelling.end(-1));
        failure();
        event(new Done(verdict instanceof Verdict.Succeeded ? "completed" : "failed"));
    }

    String summary() {
        return seq + " events; "
                + (notUnderstood.isEmpty()
                        ? "every line was understood"
                        : "lines that were not understood, by kind: " + notUnderstood);
    }

    private void take(List<AgentOutput> outputs) {
        for (AgentOutput output : outputs) {
            switch (output) {
                case AgentOutput.Event(EventBody body) -> event(body);
                case AgentOutput.TurnEnded(Verdict ended) -> verdict = ended;
                case AgentOutput.NotUnderstood(String kind) -> notUnderstood.merge(kind, 1, Integer::sum);
                case AgentOutput.Send _,
                        AgentOutput.SessionStarted _,
                        AgentOutput.Used _,
                        AgentOutput.QuotaExhausted _ -> {}
            }
        }
    }

    /// Of the last turn: a task ends with it.
    private void failure() {
        switch (verdict) {
            case Verdict.Failed(String code, String message, boolean retryable) ->
                event(new Failure(code, message, retryable));
            case Verdict.Interrupted() -> event(new Failure("cancelled", "The turn was interrupted", false));
            case Verdict.Succeeded() -> {}
            case null -> {}
        }
    }

    private void event(EventBody body) {
        String fullText = null;
        if (body instanceof Message message) {
            StringBuilder text = messages.computeIfAbsent(message.messageId(), _ -> new StringBuilder());
            text.append(message.textDelta());
            fullText = message.last() ? text.toString() : null;
        }
        lines.accept(EventJson.wire(new UniversalEvent(seq, Instant.EPOCH, body, seq), fullText));
        seq++;
    }
}
