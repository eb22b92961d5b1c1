package dev.sesame.client;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Events and what is said about them, for a person at a terminal: messages flow word by word, everything else is a
/// line. Nothing that an agent says can steer the terminal. Used by one thread.
public final class EventScreen {
    private static final int WIDTH = 78;

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String ITALIC = "2;3";
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";

    private static final List<String> SUBJECTS =
            List.of("path", "file_path", "filePath", "absolute_path", "pattern", "query", "url", "description");

    private final PrintWriter out;
    private final boolean colours;
    /// The message that flows now, and where its line ends.
    private String flowing = "";
    private int column;

    /// @param out what the process prints on, in colours where that is a terminal and nobody set NO_COLOR
    public EventScreen(PrintWriter out) {
        this(out, terminal() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM")));
    }

    EventScreen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /// Where a person reads what is printed and answers; null where that is a file or another program.
    static @Nullable Console terminal() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }

    public void title(String text) {
        line("");
        line(paint(BOLD, Printable.of(text)));
        line("");
    }

    public void fact(String name, String value) {
        line("  " + paint(CYAN, String.format("%-11s", name)) + " " + Printable.line(value));
    }

    public void note(String text) {
        line(paint(YELLOW, "  ~ " + Printable.line(text)));
    }

    public void failure(String text) {
        line("");
        line(paint(RED, "  ✗ " + Printable.line(text)));
    }

    public void text(String text) {
        Printable.of(text).strip().lines().forEach(each -> wrapped("", "  ", each));
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

    public void blank() {
        line("");
    }

    public void diff(String diff) {
        for (String each : Printable.of(diff).lines().toList()) {
            String colour = each.startsWith("+") ? GREEN : each.startsWith("-") ? RED : DIM;
            line("  " + paint(colour, each));
        }
    }

    public void event(JsonNode event) {
        switch (event.path("kind").asText()) {
            case "message" -> flow(event, "textDelta", "");
            case "thinking" -> flow(event, "thinkingText", ITALIC);
            case "status" -> status(event);
            case "log" ->
                wrapped(DIM, "  · ", Printable.line(event.path("logMessage").asText()));
            case "tool_call" -> toolCall(event.path("toolCall"));
            case "tool_result" -> toolResult(event.path("toolResult"));
            case "permission_request" ->
                line(paint(YELLOW, "  ? May it do that? ")
                        + Printable.line(
                                event.path("permissionRequest").path("title").asText()));
            case "permission_response" -> permissionResponse(event.path("permissionResponse"));
            case "error" ->
                line(paint(
                        RED, "  ✗ " + Printable.line(event.path("errorMessage").asText())));
            case "done" -> done(event.path("status").asText());
            default -> line("  " + Printable.line(event.toString()));
        }
    }

    private void permissionResponse(JsonNode response) {
        String by = response.path("decidedBy").asText();
        String how = switch (by) {
            case "policy" -> ", by an answer that holds always";
            case "timeout" -> ", since nobody answered in time";
            default -> "";
        };
        line(paint(YELLOW, "  ! ") + response.path("decision").asText().replace('_', ' ') + how);
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
        JsonNode command = call.path("input").path("command");
        String what = command.isArray()
                ? "$ "
                        + StreamSupport.stream(command.spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(joining(" "))
                : command.isTextual()
                        ? "$ " + command.asText()
                        : call.path("name").asText() + " " + subject(call.path("input"));
        line("  " + paint(BOLD, Printable.line(what)));
    }

    /// What a call is about, by the names that the agents have for it.
    private static String subject(JsonNode input) {
        return SUBJECTS.stream()
                .map(input::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    private void toolResult(JsonNode result) {
        boolean error = result.path("isError").asBoolean();
        Printable.of(result.path("output").asText())
                .strip()
                .lines()
                .forEach(each -> line(paint(error ? RED : DIM, "  │ " + each)));
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
        for (String word : Printable.of(event.path(field).asText()).split("(?<= )|(?<=\n)")) {
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
