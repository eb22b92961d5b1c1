package dev.sesame.task;

import dev.sesame.event.EventCursor;
import dev.sesame.http.ProblemException;
import dev.sesame.http.SseSource;
import java.util.function.Supplier;

/// The frames of one reader of a task's log.
final class TaskFrames implements SseSource {
    private final EventCursor cursor;
    private final Supplier<Tasks.StreamState> state;

    TaskFrames(EventCursor cursor, Supplier<Tasks.StreamState> state) {
        this.cursor = cursor;
        this.state = state;
    }

    @Override
    public Batch poll(int maxBytes) {
        return batch(cursor.poll(maxBytes));
    }

    @Override
    public Batch load(int maxBytes) {
        return batch(cursor.load(maxBytes));
    }

    // The end of an attempt is the end of the stream, unless the task goes on.
    private static Batch batch(EventCursor.Batch batch) {
        return new Batch(batch.frames(), batch.done(), batch.inDatabase());
    }

    @Override
    public void onMore(Runnable listener) {
        cursor.onGrowth(listener);
    }

    @Override
    public boolean over() {
        try {
            Tasks.StreamState now = state.get();
            return !now.open() && cursor.position() >= now.nextSeq() - 1;
        } catch (ProblemException gone) {
            return true; // the task was deleted
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
