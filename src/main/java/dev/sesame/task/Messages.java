package dev.sesame.task;

import dev.sesame.event.EventLog.CompletedMessage;
import dev.sesame.task.TaskView.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A task's conversation, read from the event log and the follow-ups: the assistant's completed messages and what
/// the user said after the prompt, in order, over all attempts.
public final class Messages {

    private final Engine engine;

    public Messages(Engine engine) {
        this.engine = engine;
    }

    /// @param seq its place in the event log; the largest number for what no attempt has taken yet
    private record Placed(long seq, String role, String content, Instant at) {}

    List<Message> of(Task task) {
        return placed(engine, task.id())
                .map(p -> new Message(p.role, p.content, TaskView.time(p.at)))
                .toList();
    }

    /// What was said before an event, the prompt first, as context for an agent that does not remember it.
    static List<String> history(Engine engine, Task task, long beforeSeq) {
        List<String> history = new ArrayList<>();
        history.add("user: " + task.prompt());
        placed(engine, task.id()).filter(p -> p.seq < beforeSeq).forEach(p -> history.add(p.role + ": " + p.content));
        return history;
    }

    private static Stream<Placed> placed(Engine engine, String taskId) {
        List<Placed> all = new ArrayList<>();
        for (CompletedMessage message : engine.log().messages(taskId)) {
            all.add(new Placed(message.seq(), "assistant", message.text(), message.timestamp()));
        }
        for (FollowUp followUp : engine.database().read(tx -> FollowUp.said(tx, taskId))) {
            Long taken = followUp.takenSeq();
            all.add(new Placed(
                    taken == null ? Long.MAX_VALUE : taken, "user", followUp.content(), followUp.createdAt()));
        }
        return all.stream().sorted(Comparator.comparingLong(Placed::seq));
    }
}
