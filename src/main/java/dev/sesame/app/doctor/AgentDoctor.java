package dev.sesame.app.doctor;

import dev.sesame.agent.AgentExamination;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.app.doctor.Finding.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What there is of the agents' programs, what they run on, and what to do.
public final class AgentDoctor {
    private final AgentPrograms programs;

    public AgentDoctor(AgentPrograms programs) {
        this.programs = programs;
    }

    /// The report, and whether something is missing.
    public record Report(String text, boolean missing) {}

    public Report examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Host.node());
        programs.list().forEach(program -> findings.add(finding(programs.examine(program.agent()))));
        return new Report(
                Doctor.report(findings), findings.stream().anyMatch(finding -> finding.state() == State.MISSING));
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
