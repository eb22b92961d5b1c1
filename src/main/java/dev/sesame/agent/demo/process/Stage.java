package dev.sesame.agent.demo.process;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where the agent acts: it speaks, shows its tools at work, asks, and pauses. For the worker thread.
final class Stage {
    private final Output output;
    private final Inbox inbox;
    private int ids;
    private long characters;
    /// The tool call that has no result yet.
    private @Nullable String openTool;

    Stage(Output output, Inbox inbox) {
        this.output = output;
        this.inbox = inbox;
    }

    /// Unique within this process.
    String nextId(String prefix) {
        return prefix.concat(Integer.toString(++ids));
    }

    long charactersSpoken() {
        return characters;
    }

    int history() {
        return inbox.history();
    }

    void flush() {
        output.flush();
    }

    void pause(long millis) throws InterruptedException {
        pauseUntil(System.nanoTime() + millis * 1_000_000);
    }

    void pauseUntil(long nanoTime) throws InterruptedException {
        output.flush();
        long left = Math.max(0, nanoTime - System.nanoTime());
        Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
    }

    /// One delta of a message (`type` is `text` or `thinking`), followed by a filling of that many `x`.
    void delta(String type, String id, String text, long filling, boolean last) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        characters += text.length() + filling;
        output.begin(type).text("id", id).text("delta", text, filling);
        if (last) {
            output.flag("end", true);
        }
        output.end();
    }

    /// A message, word by word.
    void say(String type, String text, long pause) throws InterruptedException {
        String id = nextId("m");
        for (int from = 0; from < text.length(); ) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space + 1;
            delta(type, id, text.substring(from, to), 0, to == text.length());
            pause(pause);
            from = to;
        }
    }

    /// Begins a tool's line, which the caller goes on with by [Output#open] of `input`, and [#show].
    Output tool(String id, String name, String state) {
        openTool = id;
        return output.begin("tool").text("id", id).text("name", name).text("state", state);
    }

    void show() {
        output.end();
        output.flush();
    }

    void result(String id, String text, boolean error) {
        openTool = null;
        output.begin("result").text("id", id).text("output", text).flag("error", error);
        show();
    }

    void result(String id, Command ended, int exitCode) {
        openTool = null;
        output.begin("result").text("id", id).text("output", ended.output());
        output.flag("error", exitCode != 0).number("exitCode", exitCode);
        show();
    }

    /// Asks whether that tool call may go on; if not, says so as its result.
    Inbox.Answer ask(String tool, String title) throws InterruptedException {
        String request = nextId("ask");
        output.begin("ask").text("id", request).text("tool", tool).text("title", title);
        show();
        Inbox.Answer answer = inbox.awaitAnswer(request);
        if (!answer.allowed()) {
            result(
                    tool,
                    answer.why().isEmpty() ? "Permission denied" : "Permission denied: ".concat(answer.why()),
                    true);
        }
        return answer;
    }

    void closeOpenTool(String why) {
        if (openTool != null) {
            result(openTool, why, true);
        }
    }

    void quota(long until) {
        output.begin("quota").number("until", until);
        show();
    }

    void noise() {
        output.raw("no JSON at all\n\n{\"type\":\"text\",\"id\":\n[1,2,3]\n".getBytes(StandardCharsets.UTF_8));
        output.raw(new byte[] {'b', 'y', 't', 'e', 's', ' ', (byte) 0xff, (byte) 0xfe, 0, 27, '[', '1', 'm', '\n'});
        output.raw("{\"type\":\"nobody knows this\"}\n".getBytes(StandardCharsets.UTF_8));
        System.err.print("a word on stderr\n");
        System.err.flush();
    }

    /// A signal makes the JVM run its shutdown hooks while all other threads go on: one that never ends is a deaf
    /// ear.
    void ignoreSignals() {
        inbox.ignoreInterrupts();
        Runtime.getRuntime().addShutdownHook(new Thread("deaf") {
            @Override
            public void run() {
                while (true) {
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (InterruptedException e) {
                        // That neither.
                    }
                }
            }
        });
    }
}
