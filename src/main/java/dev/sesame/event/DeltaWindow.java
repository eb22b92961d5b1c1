package dev.sesame.event;

import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.Thinking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the deltas of a message for a moment before they are stored, between an agent's lines and the log.
///
/// Whole lines go in and whole lines come out: the position of a batch is the end of the last line *all* of whose
/// events
/// are in it. The first delta of a message is due at once, the next ones when the window since the oldest that waits
/// has
/// passed; any other event makes everything before it due. A line whose text ends in what could be the beginning of a
/// secret waits for the next. A message above 64 KiB goes on under a new id.
///
/// Has no clock: times are `System.nanoTime` values of the caller's. For one thread.
public final class DeltaWindow {

    private final Redactor redactor;
    private final long windowNanos;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final MessageSplitter splitter = new MessageSplitter();
    private @Nullable String begunMessage;
    private boolean due;
    private long oldestNanos;
    private long position;

    /// @param window for how long deltas are gathered; zero stores each at once
    public DeltaWindow(Redactor redactor, Duration window) {
        this.redactor = redactor;
        this.windowNanos = window.toNanos();
    }

    /// What is to be stored together, and how far it reaches.
    public record Batch(List<EventBody> bodies, long position) {}

    private record Line(List<EventBody> bodies, long positionAfter) {}

    /// One line's events, in order; none is fine. `positionAfter` never falls.
    public void add(List<EventBody> bodies, long positionAfter, long nowNanos) {
        if (lines.isEmpty()) {
            oldestNanos = nowNanos;
        }
        lines.add(new Line(bodies, positionAfter));
        for (EventBody body : bodies) {
            String message = messageId(body);
            boolean goesOn = message != null && message.equals(begunMessage) && !ends(body);
            due |= !goesOn;
            begunMessage = message;
        }
    }

    /// What is due now; the position of the batch before, and nothing, if nothing is.
    public Batch take(long nowNanos) {
        boolean now = due || nanosUntilDue(nowNanos) == 0;
        return now ? take(lines.size() - heldBack()) : new Batch(List.of(), position);
    }

    /// Everything, held back or not.
    public Batch takeAll() {
        return take(lines.size());
    }

    /// The same changes of state as adding and taking these, of which the log has the outcome already.
    public void replay(List<EventBody> bodies, long positionAfter) {
        add(bodies, positionAfter, 0);
        takeAll();
    }

    /// Until something is due: 0 if it is, [Long#MAX_VALUE] if nothing waits or only the next line can tell.
    public long nanosUntilDue(long nowNanos) {
        if (lines.isEmpty() || heldBack() == lines.size()) {
            return Long.MAX_VALUE;
        }
        return due ? 0 : Math.max(0, oldestNanos + windowNanos - nowNanos);
    }

    private Batch take(int count) {
        List<EventBody> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Line line = lines.removeFirst();
            bodies.addAll(line.bodies);
            position = line.positionAfter;
        }
        if (count > 0) {
            due = false;
        }
        return new Batch(splitter.split(merge(bodies)), position);
    }

    /// How many lines at the end wait for the next one, since their text may end in half a secret. Only text that
    /// another
    /// delta can continue is in question.
    private int heldBack() {
        StringBuilder tail = new StringBuilder();
        int count = 0;
        String message = begunMessage;
        if (message == null) {
            return 0;
        }
        int open = 0;
        var newestFirst = lines.descendingIterator();
        List<Line> run = new ArrayList<>();
        while (newestFirst.hasNext()) {
            Line line = newestFirst.next();
            if (line.bodies.isEmpty()) {
                run.add(line);
                continue;
            }
            String text = textOf(line, message);
            if (text == null) {
                break;
            }
            run.add(line);
            tail.insert(0, text);
            open = redactor.openEnd(tail);
            if (open < tail.length()) {
                break;
            }
        }
        int covered = 0;
        for (Line line : run) {
            if (covered >= open) {
                break;
            }
            String text = textOf(line, message);
            covered += text == null ? 0 : text.length();
            count++;
        }
        return count;
    }

    /// The text of a line that is one unfinished delta of the message; null for any other line.
    private static @Nullable String textOf(Line line, String message) {
        if (line.bodies.size() != 1) {
            return null;
        }
        return switch (line.bodies.getFirst()) {
            case Message(String id, String text, boolean last) when id.equals(message) && !last -> text;
            case Thinking(String id, String text) when id.equals(message) -> text;
            default -> null;
        };
    }

    /// Joins neighbours of one message, and takes out what must not be stored: here, since a secret may lie across
    /// them.
    private List<EventBody> merge(List<EventBody> bodies) {
        List<EventBody> merged = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bodies.size(); i++) {
            EventBody body = bodies.get(i);
            EventBody next = i + 1 < bodies.size() ? bodies.get(i + 1) : null;
            switch (body) {
                case Message m -> {
                    text.append(m.textDelta());
                    if (m.last() || !(next instanceof Message n && n.messageId().equals(m.messageId()))) {
                        merged.add(new Message(m.messageId(), redactor.redact(text.toString()), m.last()));
                        text.setLength(0);
                    }
                }
                case Thinking t -> {
                    text.append(t.thinkingText());
                    if (!(next instanceof Thinking n && n.messageId().equals(t.messageId()))) {
                        merged.add(new Thinking(t.messageId(), redactor.redact(text.toString())));
                        text.setLength(0);
                    }
                }
                default -> merged.add(body);
            }
        }
        return merged;
    }

    private static @Nullable String messageId(EventBody body) {
        return switch (body) {
            case Message m -> m.messageId();
            case Thinking t -> t.messageId();
            default -> null;
        };
    }

    private static boolean ends(EventBody body) {
        return body instanceof Message m && m.last();
    }

    /// Lets a message of more than 64 KiB go on under further ids, cut at places that depend on its text alone.
    private static final class MessageSplitter {

        private static final int LONGEST = 64 << 10;

        private @Nullable String message;
        private int part = 1;
        private int bytes;

        List<EventBody> split(List<EventBody> bodies) {
            List<EventBody> parts = new ArrayList<>(bodies.size());
            for (EventBody body : bodies) {
                if (body instanceof Message m) {
                    split(m, parts);
                } else {
                    parts.add(body);
                }
            }
            return parts;
        }

        private void split(Message m, List<EventBody> parts) {
            if (!m.messageId().equals(message)) {
                message = m.messageId();
                part = 1;
                bytes = 0;
            }
            String rest = m.textDelta();
            while (bytes + length(rest) > LONGEST) {
                int fits = fitting(rest, LONGEST - bytes);
                parts.add(new Message(id(), rest.substring(0, fits), true));
                rest = rest.substring(fits);
                part++;
                bytes = 0;
            }
            bytes += length(rest);
            parts.add(new Message(id(), rest, m.last()));
        }

        private String id() {
            return part == 1 ? message + "" : message + "~" + part;
        }

        private static int length(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        /// How many chars of the text fit into so many bytes of UTF-8, on a code point.
        private static int fitting(String text, int room) {
            int used = 0;
            int i = 0;
            while (i < text.length()) {
                int point = text.codePointAt(i);
                used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (used > room) {
                    break;
                }
                i += Character.charCount(point);
            }
            return i;
        }
    }
}
