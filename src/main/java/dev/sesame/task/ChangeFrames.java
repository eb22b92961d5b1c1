package dev.sesame.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.http.Json;
import dev.sesame.http.SseSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The frames of one reader of a user's task changes. They are few and always read from the database.
final class ChangeFrames implements SseSource {
    static final int PAGE = 100;

    private final LongFunction<Tasks.Changes> after;
    private final Consumer<ChangeFrames> onClose;
    private volatile boolean perhapsMore = true;
    private volatile Runnable listener = () -> {};
    private boolean begun;
    private long place;

    ChangeFrames(long place, LongFunction<Tasks.Changes> after, Consumer<ChangeFrames> onClose) {
        this.place = place;
        this.after = after;
        this.onClose = onClose;
    }

    /// Something changed, perhaps. From any thread.
    void more() {
        perhapsMore = true;
        listener.run();
    }

    @Override
    public Batch poll(int maxBytes) {
        if (!begun) {
            begun = true;
            // Only an id: a reader that is cut off before the first change still knows where to go on.
            return new Batch(List.of(bytes("id: " + place + "\n\n")), false, perhapsMore);
        }
        return new Batch(List.of(), false, perhapsMore);
    }

    @Override
    public Batch load(int maxBytes) {
        perhapsMore = false; // before the look: what changes from here on tells itself
        Tasks.Changes changes = after.apply(place);
        List<byte[]> frames = new ArrayList<>();
        for (Tasks.Change change : changes.changes()) {
            frames.add(frame(change));
        }
        place = changes.last();
        if (frames.size() >= PAGE) {
            perhapsMore = true;
        }
        return new Batch(frames, false, perhapsMore);
    }

    @Override
    public void onMore(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public boolean over() {
        return false;
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    private static byte[] frame(Tasks.Change change) {
        boolean deleted = change.task() == null;
        Object data = deleted ? Map.of("id", change.taskId()) : change.task();
        try {
            return bytes("id: " + change.seq() + "\nevent: " + (deleted ? "deleted" : "task") + "\ndata: "
                    + Json.MAPPER.writeValueAsString(data) + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task can be written as JSON", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
