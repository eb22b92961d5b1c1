package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What passed between a real agent and its client once, as kept in `src/test/resources/captures`: `<name>.jsonl`, in
/// two-way ones each line marked `IN  ` (to the agent) or `OUT ` (from it), and `<name>.stderr`.
public record Capture(Path file, List<Line> lines, List<String> errors) {

    /// @param offset in the agent's stdout where the line begins; for a line to the agent, where stdout stood
    public record Line(boolean fromAgent, long offset, String text) {
        boolean isJson() {
            return Json.object(text) != null;
        }

        public JsonNode json() {
            JsonNode json = Json.object(text);
            if (json == null) {
                throw new IllegalStateException("No JSON object: " + text);
            }
            return json;
        }
    }

    public static List<Capture> of(String agent) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/captures", agent))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .filter(file -> !file.toString().endsWith(".expected.jsonl"))
                    .sorted()
                    .map(Capture::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Capture read(Path file) {
        try {
            List<Line> lines = new ArrayList<>();
            long offset = 0;
            for (String text : Files.readAllLines(file)) {
                boolean in = text.startsWith("IN  ");
                String line = in || text.startsWith("OUT ") ? text.substring(4) : text;
                lines.add(new Line(!in, offset, line));
                offset += in ? 0 : line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            Path errors = sibling(file, ".stderr");
            return new Capture(file, lines, Files.exists(errors) ? Files.readAllLines(errors) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path expected() {
        return sibling(file, ".expected.jsonl");
    }

    @Override
    public String toString() {
        return file.getFileName().toString().replace(".jsonl", "");
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName().toString().replace(".jsonl", suffix));
    }
}
