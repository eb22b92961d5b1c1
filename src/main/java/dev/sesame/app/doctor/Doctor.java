package dev.sesame.app.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.app.doctor.Finding.State;
import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.Settings;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command. Exit status 0 when tasks have all they need, 1 when something is missing, 2 when a fix failed.
@Command(
        name = "doctor",
        description = "Say what this host has and lacks for Sesame, and what to do about it.",
        mixinStandardHelpOptions = true)
public final class Doctor implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Option(names = "--fix", description = "Install what is missing, after saying what.")
    private boolean fix;

    @Option(names = "--yes", description = "Don't ask before installing.")
    private boolean yes;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        ServerConfig config = ServerConfig.from(System.getenv());
        Settings settings = new Settings(System.getenv());
        Host host = new Host(
                config.dataDirectory(), new AgentPrograms(config.agents(), settings::agentPath, System.getenv()));
        List<Finding> findings = host.examine();
        if (fix) {
            boolean root = "root".equals(System.getProperty("user.name"));
            var repair = new Repair(Installer.ofThisHost(), root, this::agreed, HostProgram::run, this::say);
            if (!repair.repair(findings)) {
                return 2;
            }
            findings = host.examine();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings)
                        : report(findings));
        out.flush();
        return findings.stream().anyMatch(finding -> finding.state() == State.MISSING) ? 1 : 0;
    }

    static String report(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("%-8s  %-15s  %s%n".formatted(finding.state().word(), finding.name(), finding.detail()));
            if (!finding.remedy().isEmpty()) {
                text.append("%-8s  %-15s  → %s%n".formatted("", "", finding.remedy()));
            }
        }
        if (findings.stream().anyMatch(Finding::isFixable)) {
            text.append("%nsesame doctor --fix does what can be done from here.%n".formatted());
        }
        return text.toString().stripTrailing();
    }

    private boolean agreed(String what) {
        if (yes) {
            return true;
        }
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            String answer = console.readLine("%s? [Y/n] ", what);
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("|y|yes");
        }
        say("Not done, since there is no terminal to ask on: use --yes to " + what + ".");
        return false;
    }

    /// Progress goes to stderr, so that stdout has the findings alone.
    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
