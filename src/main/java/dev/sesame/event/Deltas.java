package dev.sesame.event;

import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.Thinking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins, redacts and cuts what an agent says. A fold over bodies: what comes out, and where it is cut, depends
/// on what went in and on nothing else.
///
/// Adjacent deltas of one message are a run. A run's text is settled, and comes out, at the end of a line unless
/// its end could begin a secret; and in any case when something else follows. In that case a short beginning of
/// what may be a secret gets out; its message remembers it, so that the rest will be recognised. A long one is
/// masked.
final class Deltas {
    /// Of redacted UTF-8 in one message.
    static final int LARGEST_MESSAGE = 64 << 10;
    /// Text that isn't settled after this much is let go; no secret is that long.
    private static final int LONGEST_RUN = 16 << 10;

    private final Redactor redactor;
    /// By message.
    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, String> letGo = new HashMap<>();

    private List<EventBody> out = new ArrayList<>();
    private boolean urgent;

    /// A delta of the present run without its text; null between runs.
    private @Nullable EventBody run;

    private final StringBuilder text = new StringBuilder();
    /// How much of the text got out already.
    private int known;

    Deltas(Redactor redactor) {
        this.redactor = redactor;
    }

    void add(EventBody body) {
        switch (body) {
            case Message message -> {
                follow(new Message(message.messageId(), "", false), message.textDelta());
                if (message.last()) {
                    settle(true, true);
                }
            }
            case Thinking thinking -> follow(new Thinking(thinking.messageId(), ""), thinking.thinkingText());
            default -> {
                settle(true, false);
                out.add(body);
                urgent = true;
            }
        }
    }

    /// Ends a line. Returns whether all text is settled.
    boolean settled() {
        if (text.length() > LONGEST_RUN) {
            settle(true, false);
        } else if (!halfPair() && redactor.openEnd(text) == 0) {
            settle(false, false);
        }
        return text.isEmpty();
    }

    /// Settles the text as it is.
    void cut() {
        settle(true, false);
    }

    /// Whether what came out shall not wait: anything but further deltas.
    boolean urgent() {
        return urgent;
    }

    /// What came out since it was last asked.
    List<EventBody> drain() {
        List<EventBody> drained = out;
        out = new ArrayList<>();
        urgent = false;
        return drained;
    }

    /// Adds a body to others, as part of the last of them if both are deltas of the same message.
    static void join(List<EventBody> bodies, EventBody body) {
        EventBody before = bodies.isEmpty() ? null : bodies.getLast();
        if (before instanceof Message a
                && body instanceof Message b
                && !a.last()
                && a.messageId().equals(b.messageId())) {
            bodies.set(bodies.size() - 1, new Message(a.messageId(), a.textDelta() + b.textDelta(), b.last()));
        } else if (before instanceof Thinking a
                && body instanceof Thinking b
                && a.messageId().equals(b.messageId())
                && a.thinkingText().length() + b.thinkingText().length() <= LARGEST_MESSAGE / 3) {
            bodies.set(bodies.size() - 1, new Thinking(a.messageId(), a.thinkingText() + b.thinkingText()));
        } else {
            bodies.add(body);
        }
    }

    private void follow(EventBody delta, String more) {
        if (!delta.equals(run)) {
            settle(true, false);
            run = delta;
        }
        if (text.isEmpty()) {
            String before = letGo.remove(delta.toString());
            if (before != null) {
                text.append(before);
                known = before.length();
            }
        }
        text.append(more);
    }

    private boolean halfPair() {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }

    /// Lets the run's text out.
    ///
    /// @param end whether the run is over; a run that is not is at a point where no secret can have begun
    /// @param last whether the message is over
    private void settle(boolean end, boolean last) {
        EventBody delta = run;
        if (delta == null) {
            return;
        }
        String whole = text.toString();
        int open = end ? redactor.openEnd(whole) : 0;
        boolean mask = open >= SecretRedactor.SHORTEST;
        String settled = mask ? whole.substring(0, whole.length() - open) : whole;
        String clean = redactor.redact(Utf8.wellFormed(settled)) + (mask ? SecretRedactor.MASK : "");
        // If a secret began in what is known already, the mask comes after that beginning.
        if (clean.startsWith(whole.substring(0, known))) {
            clean = clean.substring(known);
        }
        text.setLength(0);
        known = 0;
        switch (delta) {
            case Message message -> message(message.messageId(), clean, last);
            case Thinking thinking -> thinking(thinking.messageId(), clean);
            default -> throw new IllegalStateException();
        }
        if (end) {
            run = null;
            if (open > 0 && !last) {
                letGo.put(delta.toString(), whole.substring(whole.length() - open));
            }
        }
    }

    private void message(String id, String clean, boolean last) {
        if (clean.isEmpty() && !last) {
            return;
        }
        Part part = parts.get(id);
        if (part == null) {
            part = new Part(1, 0);
            urgent = true;
        }
        int start = 0;
        int end = Utf8.fit(clean, start, LARGEST_MESSAGE - part.bytes);
        while (end < clean.length()) {
            out.add(new Message(part.id(id), clean.substring(start, end), true));
            urgent = true;
            part = new Part(part.number + 1, 0);
            start = end;
            end = Utf8.fit(clean, start, LARGEST_MESSAGE);
        }
        String rest = clean.substring(start);
        if (last || !rest.isEmpty()) {
            out.add(new Message(part.id(id), rest, last));
        }
        urgent |= last;
        if (last) {
            parts.remove(id);
        } else {
            parts.put(id, new Part(part.number, part.bytes + Utf8.length(rest)));
        }
    }

    private void thinking(String id, String clean) {
        urgent |= !clean.isEmpty() && parts.put("thinking " + id, new Part(1, 0)) == null;
        for (int start = 0; start < clean.length(); ) {
            int end = Utf8.fit(clean, start, LARGEST_MESSAGE);
            out.add(new Thinking(id, clean.substring(start, end)));
            start = end;
        }
    }

    /// Of a message that is larger than one may be.
    private record Part(int number, int bytes) {
        String id(String messageId) {
            return number == 1 ? messageId : messageId + "~" + number;
        }
    }
}
