package dev.sesame.bench;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.Recording;
import dev.sesame.agent.acp.AcpDriver;
import dev.sesame.agent.claude.AmpDriver;
import dev.sesame.agent.claude.ClaudeDriver;
import dev.sesame.agent.codex.CodexDriver;
import dev.sesame.agent.wire.Capture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How fast the agents' lines become events: what real agents wrote, again and again, to a million lines; on one core.
final class Translate implements Measurement {
    private static final int LINES = 1_000_000;
    private static final int WARM_UP = 150_000;

    @Override
    public String name() {
        return "translate";
    }

    @Override
    public List<Figure> measure() {
        AgentPrograms none = new AgentPrograms(Path.of(""), Map.of(), Map.of());
        List<AgentDriver> drivers =
                new ArrayList<>(List.of(new ClaudeDriver(none), new CodexDriver(none), new AmpDriver(none)));
        drivers.addAll(AcpDriver.all(none));
        List<Figure> figures = new ArrayList<>();
        for (AgentDriver driver : drivers) {
            List<List<Recording.Line>> captures = captures(driver.id());
            pass(driver, captures, WARM_UP);
            long begun = System.nanoTime();
            long bytes = pass(driver, captures, LINES);
            double seconds = (System.nanoTime() - begun) / 1e9;
            figures.add(Figure.atLeast(
                    "translate, 1,000,000 lines of " + bytes / LINES + " B, " + driver.id(),
                    bytes / 1e6 / seconds,
                    "MB/s",
                    80));
        }
        return figures;
    }

    /// Those with the ids of our own requests: others' answers would be answers to nothing.
    private static List<List<Recording.Line>> captures(String agent) {
        String directory = agent.equals("claude-code") ? "claude" : agent;
        String only = List.of("gemini", "opencode", "copilot").contains(agent) ? "twoway" : "";
        return Capture.of(directory).stream()
                .filter(capture -> capture.toString().startsWith(only))
                .map(capture -> capture.lines().stream()
                        .filter(Recording.Line::fromAgent)
                        .map(line -> agent.equals("codex") ? numberedAsOurs(line) : line)
                        .toList())
                .toList();
    }

    /// Codex's captured clients made the same requests, numbered 1, 2, 3.
    private static Recording.Line numberedAsOurs(Recording.Line line) {
        String text = line.text().contains("\"method\"")
                ? line.text()
                : line.text().replaceFirst("\"id\":([0-9]+)", "\"id\":\"1.$1\"");
        return new Recording.Line(true, line.offset(), text);
    }

    /// @return the bytes of as many lines
    private static long pass(AgentDriver driver, List<List<Recording.Line>> captures, int count) {
        long bytes = 0;
        long kept = 0;
        int lines = 0;
        while (lines < count) {
            for (List<Recording.Line> capture : captures) {
                Conversation conversation = driver.converse(
                        new Assignment("task_1", 1, "Do it", null, true, null, List.of(), "/workspace", "/home/agent"));
                conversation.start();
                for (Recording.Line line : capture) {
                    kept += conversation.line(line.offset(), line.text()).size();
                    bytes += line.text().length() + 1;
                }
                lines += capture.size();
            }
        }
        if (kept == 0) {
            throw new IllegalStateException("No line came to anything");
        }
        return bytes * count / lines;
    }
}
