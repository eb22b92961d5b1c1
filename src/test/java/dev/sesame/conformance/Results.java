package dev.sesame.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the suite found, as a file of lines `probe TAB agent TAB yes`, or why not; and as the table of the
/// documentation. For one thread at a time.
final class Results {
    /// What the suite found last, as it is in the repository.
    static final Path KEPT = Path.of("src/test/resources/conformance.tsv");

    private static final String YES = "yes";
    private static final String PARTLY = "partly: ";
    private static final List<String> AGENTS = List.of("claude-code", "codex", "gemini", "opencode", "copilot", "amp");

    /// Probe → agent → what it came to.
    private final Map<String, Map<String, String>> found = new TreeMap<>();

    synchronized void can(Probe probe, String agent) {
        put(probe.name(), agent, YES);
    }

    synchronized void cannot(Probe probe, String agent, String why) {
        put(probe.name(), agent, why);
    }

    synchronized void partly(Probe probe, String agent, String how) {
        put(probe.name(), agent, PARTLY + how);
    }

    private void put(String probe, String agent, String result) {
        found.computeIfAbsent(probe, _ -> new TreeMap<>()).put(agent, result);
    }

    static Results kept() throws IOException {
        return Files.exists(KEPT) ? read(KEPT) : new Results();
    }

    private static Results read(Path file) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", 3);
            results.put(fields[0], fields[1], fields[2]);
        }
        return results;
    }

    /// What the other found is newer.
    synchronized void take(Results other) {
        other.found.forEach((probe, agents) -> agents.forEach((agent, result) -> put(probe, agent, result)));
    }

    void write(Path file) throws IOException {
        Files.write(file, lines());
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.forEach(
                (probe, agents) -> agents.forEach((agent, result) -> lines.add(probe + "\t" + agent + "\t" + result)));
        return lines;
    }

    /// A row for each probe, a column for each agent; what can't be done has a number, and its reason below.
    synchronized String table() {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("| | `" + String.join("` | `", AGENTS) + "` |\n|---|");
        text.append("---|".repeat(AGENTS.size())).append('\n');
        for (Probe probe : Probe.values()) {
            text.append("| ").append(probe.title()).append(" |");
            for (String agent : AGENTS) {
                text.append(' ').append(cell(probe, agent, reasons)).append(" |");
            }
            text.append('\n');
        }
        text.append('\n');
        reasons.forEach(
                (why, number) -> text.append(number).append(". ").append(why).append('\n'));
        return text.toString();
    }

    private String cell(Probe probe, String agent, Map<String, Integer> reasons) {
        String result = found.getOrDefault(probe.name(), Map.of()).get(agent);
        if (result == null) {
            return "";
        }
        if (result.equals(YES)) {
            return YES;
        }
        boolean partly = result.startsWith(PARTLY);
        String why = partly ? result.substring(PARTLY.length()) : result;
        int number = reasons.computeIfAbsent(why, _ -> reasons.size() + 1);
        return (partly ? "yes (" : "no (") + number + ")";
    }
}
