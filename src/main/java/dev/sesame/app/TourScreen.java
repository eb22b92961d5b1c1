package dev.sesame.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintStream;

/// Events and what is said about them, for a person at a terminal: messages flow word by word, everything else is a
/// line. Colours only where there is a terminal and nobody set NO_COLOR.
final class TourScreen {
    private static final int WIDTH = 78;

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String ITALIC = "2;3";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    private final PrintStream out;
    private final boolean colours;
    /// The message that flows now, and where its line ends.
    private String flowing = "";
    private int column;

    TourScreen(PrintStream out) {
        this(out, isTerminal(out));
    }

    TourScreen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    private static boolean isTerminal(PrintStream out) {
        Console console = System.console();
        return out == System.out
                && console != null
                && console.isTerminal()
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    void title(String text) {
        line("");
        line(paint(BOLD, text));
        line("");
    }

    void fact(String name, String value) {
        line("  " + paint(CYAN, String.format("%-11s", name)) + " " + value);
    }

    void note(String text) {
        line(paint(YELLOW, "  ~ " + text));
    }

    void failure(String text) {
        line("");
        line(paint(RED, "  ✗ " + text));
    }

    void text(String text) {
        text.strip().lines().forEach(each -> wrapped("", "  ", each));
    }

    /// One line, or several under each other when it is too long.
    private void wrapped(String colour, String begin, String text) {
        String left = text;
        String before = begin;
        while (before.length() + left.length() > WIDTH && left.lastIndexOf(' ', WIDTH - begin.length()) > 0) {
            int space = left.lastIndexOf(' ', WIDTH - begin.length());
            line(paint(colour, before + left.substring(0, space)));
            left = left.substring(space + 1);
            before = " ".repeat(begin.length());
        }
        line(paint(colour, before + left));
    }

    void blank() {
        line("");
    }

    void diff(String diff) {
        for (String each : diff.lines().toList()) {
            String colour = each.startsWith("+") ? GREEN : each.startsWith("-") ? RED : DIM;
            line("  " + paint(colour, each));
        }
    }

    void event(JsonNode event) {
        switch (event.path("kind").asText()) {
            case "message" -> flow(event, "textDelta", "");
            case "thinking" -> flow(event, "thinkingText", ITALIC);
            case "status" -> status(event);
            case "log" -> wrapped(DIM, "  · ", event.path("logMessage").asText());
            case "tool_call" -> toolCall(event.path("toolCall"));
            case "tool_result" -> toolResult(event.path("toolResult"));
            case "permission_request" ->
                line(paint(YELLOW, "  ? May it do that? ")
                        + event.path("permissionRequest").path("title").asText());
            case "permission_response" ->
                line(paint(YELLOW, "  ! ")
                        + event.path("permissionResponse").path("decision").asText() + ", said the tour by the API");
            case "error" -> line(paint(RED, "  ✗ " + event.path("errorMessage").asText()));
            case "done" -> done(event.path("status").asText());
            default -> line("  " + event);
        }
    }

    private void status(JsonNode event) {
        String phase = event.path("phase").asText("");
        String what = phase.isEmpty() ? event.path("status").asText() : phase.replace('_', ' ');
        int progress = event.path("progress").asInt();
        String bar = "━".repeat(progress / 10) + "┄".repeat(10 - progress / 10);
        line(paint(CYAN, String.format("  %s %3d %%  %s", bar, progress, what)));
    }

    private void toolCall(JsonNode call) {
        if (!call.path("state").asText().equals("running")) {
            return;
        }
        JsonNode input = call.path("input");
        String what = input.has("command")
                ? "$ " + input.path("command").asText()
                : call.path("name").asText() + " " + input.path("path").asText();
        line("  " + paint(BOLD, what));
    }

    private void toolResult(JsonNode result) {
        boolean error = result.path("isError").asBoolean();
        result.path("output").asText().strip().lines().forEach(each -> line(paint(error ? RED : DIM, "  │ " + each)));
    }

    private void done(String status) {
        boolean good = status.equals("completed");
        line(paint(good ? GREEN : RED, (good ? "  ✓ " : "  ✗ ") + status));
    }

    private void flow(JsonNode event, String field, String colour) {
        String id = event.path("messageId").asText();
        if (!id.equals(flowing)) {
            line("");
            flowing = id;
        }
        for (String word : event.path(field).asText().split("(?<= )|(?<=\n)")) {
            if (column > 0 && column + word.stripTrailing().length() > WIDTH) {
                out.println();
                column = 0;
            }
            if (column == 0) {
                out.print("  ");
                column = 2;
            }
            out.print(paint(colour, word));
            column = word.endsWith("\n") ? 0 : column + word.length();
        }
        out.flush();
    }

    private void line(String text) {
        if (column > 0) {
            out.println();
            column = 0;
            if (!flowing.isEmpty() && !text.isEmpty()) {
                out.println();
            }
        }
        flowing = "";
        out.println(text);
        out.flush();
    }

    private String paint(String colour, String text) {
        return colours && !colour.isEmpty() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
