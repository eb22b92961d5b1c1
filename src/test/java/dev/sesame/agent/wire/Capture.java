package dev.sesame.agent.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.agent.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A recording of a real agent, as kept in `src/test/resources/captures`: `<name>.jsonl` and `<name>.stderr`.
public record Capture(Path file, List<Recording.Line> lines, List<String> errors) {

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
        Path errors = sibling(file, ".stderr");
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return new Capture(
                    file,
                    Recording.read(reader).lines(),
                    Files.exists(errors) ? Files.readAllLines(errors) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Recording.Line line) {
        JsonNode json = Json.object(line.text());
        if (json == null) {
            throw new IllegalStateException("No JSON object: " + line.text());
        }
        return json;
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
