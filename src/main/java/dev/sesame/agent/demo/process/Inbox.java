package dev.sesame.agent.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came in and waits to be looked at. Read by a thread of its own, so that an interrupt is heard at once; asked
/// by the worker, the thread that made it.
final class Inbox extends Thread {

    /// @param why a word of the one who decided; may be empty
    record Answer(String decision, String why) {
        boolean allowed() {
            return !decision.equals("deny");
        }
    }

    private final InputStream in;
    private final Thread worker = Thread.currentThread();
    private final ArrayDeque<String> prompts = new ArrayDeque<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private int history;
    private boolean ended;
    private boolean busy;
    private boolean stubborn;

    Inbox(InputStream in) {
        super("inbox");
        this.in = in;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line.split(" "));
            }
        } catch (IOException e) {
            // As good as the end of the input.
        } finally {
            end();
        }
    }

    private synchronized void take(String[] words) {
        switch (words[0]) {
            case "prompt" -> prompts.add(decode(words, 1));
            case "history" -> history++;
            case "answer" -> answers.put(words[1], new Answer(words[2], decode(words, 3)));
            case "interrupt" -> {
                if (busy && !stubborn) {
                    worker.interrupt();
                }
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        notifyAll();
    }

    private static String decode(String[] words, int i) {
        return words.length > i ? new String(Base64.getDecoder().decode(words[i]), StandardCharsets.UTF_8) : "";
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Waits for the next prompt; null when there will be none. With it a turn begins, and interrupts count.
    synchronized @Nullable String nextPrompt() {
        while (prompts.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nothing is under way that could be interrupted.
            }
        }
        busy = true;
        return prompts.poll();
    }

    /// From here on interrupts mean nothing until the next prompt.
    synchronized void turnEnded() {
        busy = false;
        Thread.interrupted();
    }

    synchronized Answer awaitAnswer(String request) throws InterruptedException {
        while (!answers.containsKey(request) && !ended) {
            wait();
        }
        Answer answer = answers.remove(request);
        return answer == null ? new Answer("deny", "the conversation was closed") : answer;
    }

    /// How many earlier messages were given as context.
    synchronized int history() {
        return history;
    }

    synchronized void ignoreInterrupts() {
        stubborn = true;
    }
}
