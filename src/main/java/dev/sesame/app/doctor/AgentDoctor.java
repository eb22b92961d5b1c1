package dev.sesame.app.doctor;

import dev.sesame.agent.AgentExamination;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.app.doctor.Finding.State;
import dev.sesame.task.UnknownLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What there is of the agents' programs, what they run on, and what to do.
public final class AgentDoctor {
    private static final int SHOWN_KINDS = 5;

    private final AgentPrograms programs;
    private final List<UnknownLines.Count> unknown;

    /// @param unknown what the agents said that is not known, by agent and version
    public AgentDoctor(AgentPrograms programs, List<UnknownLines.Count> unknown) {
        this.programs = programs;
        this.unknown = unknown;
    }

    /// The report, and whether something is missing.
    public record Report(String text, boolean missing) {}

    public Report examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Host.node());
        programs.list().forEach(program -> {
            findings.add(finding(programs.examine(program.agent())));
            findings.addAll(notUnderstood(program.agent(), unknown));
        });
        return new Report(
                Doctor.report(findings), findings.stream().anyMatch(finding -> finding.state() == State.MISSING));
    }

    /// One for each version that said something which is not known.
    static List<Finding> notUnderstood(String agent, List<UnknownLines.Count> unknown) {
        Map<String, List<UnknownLines.Count>> versions = unknown.stream()
                .filter(count -> count.agent().equals(agent))
                .collect(Collectors.groupingBy(UnknownLines.Count::version, TreeMap::new, Collectors.toList()));
        return versions.entrySet().stream()
                .map(version -> {
                    List<UnknownLines.Count> kinds = version.getValue();
                    String shown = kinds.stream()
                            .limit(SHOWN_KINDS)
                            .map(kind -> kind.kind() + " (" + kind.lines() + "×, last in " + kind.lastTaskId() + ")")
                            .collect(Collectors.joining(", "));
                    String more = kinds.size() > SHOWN_KINDS ? " and " + (kinds.size() - SHOWN_KINDS) + " more" : "";
                    return Finding.optional(
                            agent,
                            "version " + (version.getKey().isEmpty() ? "unknown" : version.getKey())
                                    + " says what this release does not know; the tasks' logs have it: " + shown + more,
                            "for a report, translate what it printed: sesame agents translate " + agent + " FILE");
                })
                .toList();
    }

    static Finding finding(AgentExamination found) {
        String agent = found.agent();
        if (!found.trouble().isEmpty()) {
            String remedy = found.given() == null ? "sesame agents install " + agent : "correct or unset its path";
            return Finding.missing(agent, found.trouble(), remedy);
        }
        if (found.given() != null) {
            String what = found.found() + ", set by path: " + found.given();
            return found.asTested()
                    ? Finding.ok(agent, what)
                    : Finding.optional(
                            agent,
                            what + "; this release was tested with " + found.pinned(),
                            "if its tasks fail, unset the path, and the tested version is installed");
        }
        String others = found.others().isEmpty() ? "" : "; also there: " + String.join(", ", found.others());
        if (found.asTested()) {
            String remedy = found.others().isEmpty() ? "" : "sesame agents update --remove-others " + agent;
            return new Finding(agent, State.OK, found.pinned() + others, remedy, Optional.empty());
        }
        if (!found.found().isEmpty()) {
            String what = "it should be " + found.pinned() + ", and says of itself that it is " + found.found();
            return Finding.missing(agent, what, "remove its directory, then: sesame agents install " + agent);
        }
        return absent(found, others);
    }

    private static Finding absent(AgentExamination found, String others) {
        String agent = found.agent();
        String pinned = found.title() + " " + found.pinned();
        if (found.placed()) {
            return Finding.missing(
                    agent, pinned + " is there, but without its program", "sesame agents install " + agent);
        }
        if (found.brokenOff()) {
            return Finding.optional(
                    agent,
                    "an installation of " + pinned + " was broken off, or is under way" + others,
                    "sesame agents install " + agent + " does it again");
        }
        return Finding.optional(
                agent,
                pinned + " is not installed yet; its first task does" + others,
                "sesame agents " + (found.others().isEmpty() ? "install " : "update ") + agent);
    }
}
