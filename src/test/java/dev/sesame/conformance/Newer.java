package dev.sesame.conformance;

import dev.sesame.BuiltProgram;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.sandbox.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The agents' programs as later versions, until this is closed: beside each real one, in its installation, is one that
/// says a line of an unknown kind first.
final class Newer implements AutoCloseable {
    /// The kind of the unknown line.
    static final String KIND = "weather/report";

    private final Stage stage;
    private final List<Path> made = new ArrayList<>();

    Newer(Stage stage, List<Candidate> candidates) throws IOException {
        this.stage = stage;
        String script = Files.readString(Path.of("src/test/resources/agents/newer.cjs"));
        Map<String, String> paths = new HashMap<>();
        for (AgentPrograms.Entry entry : programs().list()) {
            if (candidates.stream().anyMatch(who -> who.agent().equals(entry.agent()))) {
                Path real = Objects.requireNonNull(entry.path(), entry.agent() + " is not installed");
                Path directory = Files.createDirectories(packages(real).resolve("newer"));
                made.add(directory);
                Path newer = directory.resolve("newer.cjs");
                Files.writeString(
                        newer,
                        script.replace("'REAL'", "'" + directory.relativize(real) + "'")
                                .replace("LINE", line(entry.agent())));
                if (!newer.toFile().setExecutable(true, false)) {
                    throw new IOException(newer + " can't be made executable");
                }
                paths.put("agents.path." + entry.agent(), newer.toAbsolutePath().toString());
            }
        }
        stage.usePrograms(paths);
    }

    private AgentPrograms programs() {
        return new AgentPrograms(stage.dataDirectory().resolve("agents"), Map.<String, Path>of(), System.getenv());
    }

    private static Path packages(Path program) {
        Path above = program;
        while (!above.endsWith("node_modules")) {
            above = Objects.requireNonNull(above.getParent(), program + " is in no node_modules");
        }
        return above;
    }

    /// What the agent's protocol makes of the unknown.
    static String line(String agent) {
        return switch (agent) {
            case "claude-code", "amp" -> "{\"type\":\"weather/report\",\"text\":\"sunny\"}";
            case "codex" -> "{\"method\":\"weather/report\",\"params\":{\"text\":\"sunny\"}}";
            default -> "{\"jsonrpc\":\"2.0\",\"method\":\"weather/report\",\"params\":{\"text\":\"sunny\"}}";
        };
    }

    /// What `sesame agents doctor` says while the server runs.
    String counted() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(BuiltProgram.command(List.of(), "agents", "doctor"));
        builder.environment().put("DATA_DIR", stage.dataDirectory().toString());
        Process doctor = builder.redirectErrorStream(true).start();
        String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        doctor.waitFor();
        return said;
    }

    @Override
    public void close() throws IOException {
        Map<String, String> paths = new HashMap<>();
        made.forEach(FileTree::delete);
        for (AgentPrograms.Entry entry : programs().list()) {
            paths.put("agents.path." + entry.agent(), "");
        }
        stage.usePrograms(paths);
    }
}
