package dev.sesame.client;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

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
    private final Style style;
    /// The message that flows now, what of it waits for the rest of its word or line, and where its line ends.
    private String flowing = "";
    private String colour = "";
    private final StringBuilder pending = new StringBuilder();
    private int column;

    /// @param terminal whether somebody watches; elsewhere lines are whole and as long as they are, for `grep`
    /// @param guarded whether a CI system looks for orders in what is printed
    record Style(boolean terminal, boolean colours, boolean guarded) {

        static Style of(Map<String, String> environment) {
            boolean terminal = Terminal.isOutput();
            boolean colours =
                    terminal && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
            return new Style(terminal, colours, Printable.isReadForOrders(environment));
        }
    }

    /// @param out what the process prints on
    public EventScreen(PrintWriter out) {
        this(out, Style.of(System.getenv()));
    }

    EventScreen(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
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

    /// One line, or several under each other when it is too long for a terminal.
    private void wrapped(String colour, String begin, String text) {
        String left = text;
        String before = begin;
        while (style.terminal
                && before.length() + left.length() > WIDTH
                && left.lastIndexOf(' ', WIDTH - begin.length()) > 0) {
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
        switch (event.path("kind").asText("")) {
            case "message" -> flow(event, "textDelta", "");
            case "thinking" -> flow(event, "thinkingText", ITALIC);
            case "status" -> status(event);
            case "log" ->
                wrapped(DIM, "  · ", Printable.line(event.path("logMessage").asText("")));
            case "tool_call" -> toolCall(event.path("toolCall"));
            case "tool_result" -> toolResult(event.path("toolResult"));
            case "permission_request" ->
                line(paint(YELLOW, "  ? May it do that? ") + asked(event.path("permissionRequest")));
            case "permission_response" -> permissionResponse(event.path("permissionResponse"));
            case "error" ->
                line(paint(
                        RED, "  ✗ " + Printable.line(event.path("errorMessage").asText(""))));
            case "done" -> done(event.path("status").asText(""));
            default -> line("  " + Printable.line(event.toString()));
        }
    }

    /// What an agent asks for: in its own words, which may be missing, and what it would do.
    static String asked(JsonNode request) {
        String title = Printable.line(request.path("title").asText(""));
        String call = Printable.line(what(request.path("toolName").asText(""), request.path("input")));
        if (title.isEmpty() || call.isEmpty()) {
            return title + call;
        }
        return title + " (" + call + ")";
    }

    private void permissionResponse(JsonNode response) {
        String by = response.path("decidedBy").asText("");
        String how = switch (by) {
            case "policy" -> ", by an answer that holds always";
            case "timeout" -> ", since nobody answered in time";
            default -> "";
        };
        line(paint(YELLOW, "  ! ") + response.path("decision").asText("").replace('_', ' ') + how);
    }

    private void status(JsonNode event) {
        String phase = event.path("phase").asText("");
        String what = phase.isEmpty() ? event.path("status").asText("") : phase.replace('_', ' ');
        int progress = event.path("progress").asInt();
        String bar = "━".repeat(progress / 10) + "┄".repeat(10 - progress / 10);
        line(paint(CYAN, String.format("  %s %3d %%  %s", bar, progress, what)));
    }

    private void toolCall(JsonNode call) {
        if (!call.path("state").asText("").equals("running")) {
            return;
        }
        String what = what(call.path("name").asText(""), call.path("input"));
        line("  " + paint(BOLD, Printable.line(what)));
    }

    private static String what(String tool, JsonNode input) {
        JsonNode command = input.path("command");
        if (command.isArray()) {
            return "$ "
                    + StreamSupport.stream(command.spliterator(), false)
                            .map(each -> each.asText(""))
                            .collect(joining(" "));
        }
        return command.isTextual() ? "$ " + command.asText("") : tool + " " + subject(input);
    }

    /// What a call is about, by the names that the agents have for it.
    private static String subject(JsonNode input) {
        return SUBJECTS.stream()
                .map(input::path)
                .filter(JsonNode::isTextual)
                .map(each -> each.asText(""))
                .findFirst()
                .orElse("");
    }

    private void toolResult(JsonNode result) {
        boolean error = result.path("isError").asBoolean();
        Printable.of(result.path("output").asText(""))
                .strip()
                .lines()
                .forEach(each -> line(paint(error ? RED : DIM, "  │ " + each)));
        if (result.path("truncated").asBoolean()) {
            line(paint(DIM, "  │ (its middle is left out)"));
        }
    }

    private void done(String status) {
        boolean good = status.equals("completed");
        line(paint(good ? GREEN : RED, (good ? "  ✓ " : "  ✗ ") + status));
    }

    private void flow(JsonNode event, String field, String colour) {
        String id = event.path("messageId").asText("");
        if (!id.equals(flowing)) {
            line("");
            flowing = id;
            this.colour = colour;
        }
        pending.append(Printable.of(event.path(field).asText("")));
        // What may still grow waits: a word on a terminal, a line elsewhere, where nobody watches it grow.
        int end = Math.max(pending.lastIndexOf("\n"), style.terminal ? pending.lastIndexOf(" ") : -1) + 1;
        flow(pending.substring(0, end));
        pending.delete(0, end);
        out.flush();
    }

    private void flow(String text) {
        for (String word : text.split(style.terminal ? "(?<= )|(?<=\n)" : "(?<=\n)")) {
            if (style.terminal && column > 0 && column + word.stripTrailing().length() > WIDTH) {
                out.println();
                column = 0;
            }
            if (column == 0 && !word.isEmpty() && !word.equals("\n")) {
                out.print("  ");
                column = 2;
            }
            out.print(paint(colour, style.guarded ? Printable.withoutOrders(word) : word));
            column = word.endsWith("\n") ? 0 : column + word.length();
        }
    }

    /// So that something else can be said, for instance beside this; a message that flows goes on after it.
    public void endLine() {
        flow(pending.toString());
        pending.setLength(0);
        if (column > 0) {
            out.println();
            column = 0;
        }
        out.flush();
    }

    private void line(String text) {
        boolean flowed = column > 0 || !pending.isEmpty();
        endLine();
        if (flowed && !flowing.isEmpty() && !text.isEmpty()) {
            out.println();
        }
        flowing = "";
        out.println(style.guarded ? Printable.withoutOrders(text) : text);
        out.flush();
    }

    private String paint(String colour, String text) {
        return style.colours && !colour.isEmpty() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
