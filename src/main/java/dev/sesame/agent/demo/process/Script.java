package dev.sesame.agent.demo.process;

import java.util.ArrayList;
import java.util.List;

/// Reads the lines of a prompt that begin with `demo:`. They are checked before the first of them runs.
public final class Script {
    private static final String MARK = "demo:";
    private static final long DAY = 86_400_000;
    private static final long MILLION = 1_000_000;

    private final String line;
    private final String rest;

    private Script(String line, String rest) {
        this.line = line;
        this.rest = rest;
    }

    /// Whether the prompt has a script line, well-formed or not.
    public static boolean isPresent(String prompt) {
        return prompt.startsWith(MARK) || prompt.contains("\n".concat(MARK));
    }

    /// @throws IllegalArgumentException naming the line that is none
    static List<Step> parse(String prompt) {
        List<Step> steps = new ArrayList<>();
        for (String line : prompt.split("\n")) {
            if (line.startsWith(MARK)) {
                String words = line.substring(MARK.length()).strip();
                int space = words.indexOf(' ');
                String verb = space < 0 ? words : words.substring(0, space);
                steps.add(new Script(
                                line.strip(),
                                space < 0 ? "" : words.substring(space + 1).strip())
                        .step(verb));
            }
        }
        return steps;
    }

    private Step step(String verb) {
        return switch (verb) {
            case "text" -> new Step.Deltas("text", number(0, 2, "N", 1, MILLION), number(1, 2, "MS", 0, DAY));
            case "think" -> new Step.Deltas("thinking", number(0, 2, "N", 1, MILLION), number(1, 2, "MS", 0, DAY));
            case "write" -> write();
            case "run" -> new Step.Run(something("COMMAND"));
            case "ask" -> new Step.Ask(something("TITLE"));
            case "sleep" -> new Step.Sleep(number(0, 1, "MS", 0, DAY));
            case "quota" -> new Step.Quota(number(0, 1, "MS", 0, DAY));
            case "line" -> new Step.Flood(1, number(0, 1, "BYTES", 1, Integer.MAX_VALUE));
            case "flood" ->
                new Step.Flood(
                        number(0, 2, "LINES", 1, Integer.MAX_VALUE), number(1, 2, "BYTES", 1, Integer.MAX_VALUE));
            case "noise" -> nothing(new Step.Noise());
            case "crash" -> new Step.Crash((int) number(0, 1, "CODE", 0, 255));
            case "stubborn" -> nothing(new Step.Stubborn());
            case "fork" -> new Step.Fork(number(0, 1, "N", 1, 1000));
            default ->
                throw wrong(
                        "knows text, think, write, run, ask, sleep, quota, line, flood, noise, crash, stubborn, fork");
        };
    }

    private Step write() {
        int space = something("PATH BYTES").lastIndexOf(' ');
        if (space < 0) {
            throw wrong("needs PATH BYTES");
        }
        return new Step.Write(
                rest.substring(0, space).strip(), toNumber(rest.substring(space + 1), "BYTES", 0, 1 << 30));
    }

    private Step nothing(Step step) {
        if (!rest.isEmpty()) {
            throw wrong("takes nothing after it");
        }
        return step;
    }

    private String something(String what) {
        if (rest.isEmpty()) {
            throw wrong("needs ".concat(what));
        }
        return rest;
    }

    private long number(int i, int of, String what, long least, long most) {
        String[] words = rest.split(" +");
        if (words.length != of || words[i].isEmpty()) {
            throw wrong(of == 1 ? "needs one number" : "needs two numbers");
        }
        return toNumber(words[i], what, least, most);
    }

    private long toNumber(String word, String what, long least, long most) {
        try {
            long number = Long.parseLong(word);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(what + " must be a number from " + least + " to " + most);
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("Script line `" + line + "`: " + why);
    }
}
