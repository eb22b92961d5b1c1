package dev.sesame.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Gathers what an agent says before it is stored, so that a long answer costs few events and no secret slips
/// through in pieces. Sits between the translator and [EventLog]; one per attempt; used by one thread at a time.
///
/// Lines go in with what they came to and the position behind them; batches come out, always of whole lines, with
/// the position behind the last of these, which is what the caller stores. Who begins again at a position that
/// was given out, after [#replay] of all lines before it, gets exactly the text that would have followed.
///
/// - The first delta of a message is due at once, later ones when the oldest waiting one has waited for the window;
///   anything else, and the end of a message, makes all up to it due at once.
/// - Adjacent deltas of one message become one, unless the window is 0: then each is stored as the agent said it.
/// - Text whose end could be the beginning of a secret waits, with its line, until later text, the message's end or
///   something else settles it. So text is redacted as if it had come in one piece.
/// - A message goes on under `id~2`, `id~3` … when it has reached 64 KiB. Where that is does not depend on when
///   batches were taken.
///
/// Keeps no clock: times are handed in, as [System#nanoTime()] gives them.
public final class DeltaWindow {
    /// For how long a position waits that no event came with.
    private static final Duration POSITION_WINDOW = Duration.ofSeconds(1);

    private final Deltas deltas;
    private final long window;
    private final Deque<Ready> ready = new ArrayDeque<>();
    /// The position after the newest line, and after the last that was given out.
    private long position;

    private long given;
    /// When the first of the lines came in whose text isn't settled.
    private long since;

    private boolean unsettled;
    private boolean replaying;

    /// @param redactor the one that the log gets, too
    public DeltaWindow(Redactor redactor, Duration window) {
        deltas = new Deltas(redactor);
        this.window = window.toNanos();
    }

    /// Adds a line of the agent's.
    ///
    /// @param bodies what it came to, possibly nothing
    /// @param positionAfter where the next line begins; never falls
    public void add(List<EventBody> bodies, long positionAfter, long nowNanos) {
        if (replaying) {
            // All of it is stored, so the text's end was let go.
            deltas.cut();
            deltas.drain();
            unsettled = false;
            replaying = false;
        }
        if (!unsettled) {
            since = nowNanos;
        }
        position = positionAfter;
        bodies.forEach(deltas::add);
        unsettled = !deltas.settled();
        if (!unsettled) {
            makeReady(false);
        }
    }

    /// Takes in a line whose events are stored already: one before the position to begin at.
    public void replay(List<EventBody> bodies, long positionAfter) {
        replaying = false;
        add(bodies, positionAfter, 0);
        ready.clear();
        given = positionAfter;
        replaying = true;
    }

    /// What is due. Has no bodies, and the last position again, if nothing is.
    public Batch take(long nowNanos) {
        return batch(due(nowNanos));
    }

    /// Everything, unsettled text included: for a line that the agent waits for an answer to, and for the end.
    public Batch takeAll() {
        if (unsettled) {
            deltas.cut();
            unsettled = false;
            makeReady(true);
        }
        return batch(ready.size());
    }

    /// How long until something is due if no line comes: 0 if something is now, [Long#MAX_VALUE] if waiting changes
    /// nothing.
    public long nanosUntilDue(long nowNanos) {
        if (due(nowNanos) > 0) {
            return 0;
        }
        return ready.isEmpty() ? Long.MAX_VALUE : dueAt() - nowNanos;
    }

    private void makeReady(boolean hurried) {
        boolean urgent = deltas.urgent() || hurried;
        List<EventBody> bodies = deltas.drain();
        if (bodies.isEmpty()
                && !urgent
                && !ready.isEmpty()
                && ready.getLast().bodies.isEmpty()) {
            Ready before = ready.removeLast();
            ready.addLast(new Ready(bodies, position, before.since, before.urgent));
        } else {
            ready.addLast(new Ready(bodies, position, since, urgent));
        }
    }

    /// How many of the ready ones are due.
    private int due(long nowNanos) {
        if (ready.isEmpty()) {
            return 0;
        }
        if (nowNanos - dueAt() >= 0) {
            return ready.size();
        }
        int due = 0;
        int count = 0;
        for (Ready next : ready) {
            // A position without events goes along with what is before it.
            if (next.urgent || (next.bodies.isEmpty() && due == count && due > 0)) {
                due = count + 1;
            }
            count++;
        }
        return due;
    }

    private long dueAt() {
        for (Ready next : ready) {
            if (!next.bodies.isEmpty()) {
                return next.since + window;
            }
        }
        return ready.getFirst().since + POSITION_WINDOW.toNanos();
    }

    private Batch batch(int count) {
        List<EventBody> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Ready next = ready.removeFirst();
            if (window == 0) {
                bodies.addAll(next.bodies);
            } else {
                next.bodies.forEach(body -> Deltas.join(bodies, body));
            }
            given = next.position;
        }
        return new Batch(List.copyOf(bodies), given);
    }

    /// @param bodies in order; may be empty when only the position moved
    /// @param position behind the last line that is in this batch or an earlier one
    public record Batch(List<EventBody> bodies, long position) {}

    /// Lines that go together, ready to be stored.
    private record Ready(List<EventBody> bodies, long position, long since, boolean urgent) {}
}
