package dev.sesame.agent.wire;

import dev.sesame.event.EventBody.Message;

/// A message of the agent's as it grows: deltas go out at once, and the whole text that the agent repeats at the end
/// only adds what the deltas did not have. Above 64 KiB it goes on under a new id. For one thread.
public final class OpenMessage {
    private final String id;
    private final StringBuilder said = new StringBuilder();
    private int part = 1;
    private int partBytes;

    /// @param id unique within the task
    public OpenMessage(String id) {
        this.id = id;
    }

    /// A message of which only the whole is known.
    public static void whole(String id, String text, Outputs out) {
        new OpenMessage(id).end(text, out);
    }

    public void add(String delta, Outputs out) {
        said.append(delta);
        say(delta, false, out);
    }

    /// The message is complete. A whole that is not what was said and more becomes a message of its own.
    public void end(String whole, Outputs out) {
        if (said.isEmpty() || whole.startsWith(said.toString())) {
            say(whole.substring(said.length()), true, out);
        } else {
            say("", true, out);
            whole(id + ".whole", whole, out);
        }
    }

    /// The message is complete with what was said.
    public void end(Outputs out) {
        say("", true, out);
    }

    private void say(String text, boolean last, Outputs out) {
        int from = 0;
        int end = fitting(text, from);
        while (end < text.length()) {
            out.event(new Message(partId(), text.substring(from, end), true));
            part++;
            partBytes = 0;
            from = end;
            end = fitting(text, from);
        }
        String rest = text.substring(from);
        if (last || !rest.isEmpty()) {
            partBytes += (int) Cut.bytes(rest);
            out.event(new Message(partId(), rest, last));
        }
    }

    private int fitting(String text, int from) {
        return Cut.prefix(text, from, Cut.MOST_BYTES - partBytes);
    }

    private String partId() {
        return part == 1 ? id : id + "." + part;
    }
}
