package dev.sesame.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What passed between an agent and its client once. In a two-way recording each line is marked `IN  ` (to the agent)
/// or `OUT ` (from it); lines without a mark are the agent's.
public record Recording(List<Line> lines) {
    private static final Set<String> RESUMING = Set.of("\"session/load\"", "\"thread/resume\"");

    public Recording {
        lines = List.copyOf(lines);
    }

    /// @param offset in the agent's stdout where the line begins; for a line to the agent, where stdout stood
    public record Line(boolean fromAgent, long offset, String text) {}

    public static Recording read(BufferedReader reader) throws IOException {
        List<Line> lines = new ArrayList<>();
        long offset = 0;
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            boolean in = text.startsWith("IN  ");
            String line = in || text.startsWith("OUT ") ? text.substring(4) : text;
            lines.add(new Line(!in, offset, line));
            offset += in ? 0 : line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return new Recording(lines);
    }

    /// An assignment under which such a conversation comes about.
    public AgentDriver.Assignment assignment() {
        boolean twoWay = lines.stream().anyMatch(line -> !line.fromAgent());
        return new AgentDriver.Assignment(
                "recording", 1, "", null, twoWay, session(), List.of(), "/workspace", "/home/agent");
    }

    private @Nullable String session() {
        boolean resumes = lines.stream()
                .anyMatch(line -> !line.fromAgent() && RESUMING.stream().anyMatch(line.text()::contains));
        return resumes ? "recorded" : null;
    }
}
