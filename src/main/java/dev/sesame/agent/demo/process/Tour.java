package dev.sesame.agent.demo.process;

/// What the agent does when its prompt is no script: one of everything, at a pace for the eye. Runs nothing of the
/// prompt's making.
final class Tour {
    private static final String FILE = "SESAME.md";
    private static final long WORD = 35;

    private final Stage stage;
    private final Tools tools;
    private final boolean ask;

    Tour(Stage stage, Tools tools, boolean ask) {
        this.stage = stage;
        this.tools = tools;
        this.ask = ask;
    }

    /// @param number of the prompt in its session, from 1
    void run(String prompt, int number) throws InterruptedException {
        String subject = subject(prompt);
        stage.say(
                "thinking",
                "I am asked: \""
                        .concat(subject)
                        .concat("\". I have no model to ask, so I will show what I can do. "
                                .concat("First a look around, then a file, then a check.")),
                WORD);
        stage.say("text", greeting(number), WORD);
        tools.run("git log --oneline -3; ls", "Look around", false);
        stage.say("text", "Now something to keep. I leave a note, as an agent leaves code.", WORD);
        tools.append(FILE, note(subject, number));
        tools.run("wc ".concat(FILE).concat(" && git status --short"), "Check what was written", ask);
        stage.say(
                "text",
                "Done. From here Sesame goes on alone: it commits what I changed, pushes it to a branch of its own, "
                        .concat("and keeps every word of this. A prompt with lines like `demo: text 100 50` or ")
                        .concat("`demo: run ls` makes me follow a script."),
                WORD);
    }

    private String greeting(int number) {
        if (number > 1) {
            return "Welcome back! This is prompt "
                    .concat(Integer.toString(number))
                    .concat(" of our session, and I remember the others.");
        }
        if (stage.history() > 0) {
            return "Hello again! Our session is gone, but I was told what was said before: "
                    .concat(Integer.toString(stage.history()))
                    .concat(" messages.");
        }
        return "Hello! I am the demo agent: a real process in a sandbox, without a model. Every word of mine is stored "
                .concat("before you see it. Close this, come back, and it goes on with the next one.");
    }

    private static String note(String subject, int number) {
        String head = number > 1 ? "\n" : "# A note from the demo agent\n\n";
        return head.concat("Prompt ")
                .concat(Integer.toString(number))
                .concat(":\n\n> ")
                .concat(subject)
                .concat("\n");
    }

    private static String subject(String prompt) {
        String line = prompt.strip();
        int newline = line.indexOf('\n');
        line = newline < 0 ? line : line.substring(0, newline).strip();
        return line.codePointCount(0, line.length()) <= 80
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 79)).concat("…");
    }
}
