package dev.sesame.terminal;

import dev.sesame.http.ProblemException;
import dev.sesame.http.SseSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The frames of one viewer of a terminal, always read from the log. An id is how many bytes the terminal has
/// shown up to the end of its frame; a `state` comes at the beginning and when it changes, and has none.
final class TerminalFrames implements SseSource {
    private final TerminalLog log;
    private final String taskId;
    private final BooleanSupplier taskOpen;
    private final Consumer<TerminalFrames> onClose;
    private volatile boolean perhapsMore = true;
    private volatile Runnable listener = () -> {};
    private volatile long place;
    private @Nullable String told;

    TerminalFrames(
            TerminalLog log, String taskId, long place, BooleanSupplier taskOpen, Consumer<TerminalFrames> onClose) {
        this.log = log;
        this.taskId = taskId;
        this.place = place;
        this.taskOpen = taskOpen;
        this.onClose = onClose;
    }

    /// Something changed, perhaps. From any thread.
    void more() {
        perhapsMore = true;
        listener.run();
    }

    @Override
    public Batch poll(int maxBytes) {
        return new Batch(List.of(), false, perhapsMore);
    }

    @Override
    public Batch load(int maxBytes) {
        perhapsMore = false; // before the look: what changes from here on tells itself
        TerminalLog.Page page = log.from(taskId, place, maxBytes);
        List<byte[]> frames = new ArrayList<>();
        String state = state(page.state());
        if (!state.equals(told)) {
            told = state;
            frames.add(bytes("event: state\ndata: " + state + "\n\n"));
        }
        for (TerminalLog.Piece piece : page.pieces()) {
            String text = Base64.getEncoder().encodeToString(piece.bytes());
            frames.add(bytes("id: " + piece.end() + "\nevent: output\ndata: " + text + "\n\n"));
            place = piece.end();
        }
        boolean more = place < page.state().end();
        perhapsMore |= more;
        return new Batch(frames, !more && !page.state().open(), perhapsMore);
    }

    @Override
    public void onMore(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public boolean over() {
        try {
            return !taskOpen.getAsBoolean() && log.state(taskId).end() <= place;
        } catch (ProblemException gone) {
            return true; // the task was deleted
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    private static String state(TerminalState state) {
        return "{\"shell\":" + state.open() + ",\"rows\":" + state.rows() + ",\"cols\":" + state.columns()
                + ",\"number\":" + state.shell() + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
