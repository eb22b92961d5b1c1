package dev.sesame.app;

import dev.sesame.agent.AgentInstallException;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.setting.ServerConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sesame agents`: the programs of the agents, which the server installs on first use, ahead of time.
@Command(
        name = "agents",
        description = "List the agents' programs, or install them ahead of their first task.",
        mixinStandardHelpOptions = true)
final class Agents implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /// Only `agents` was said.
    @Override
    public void run() {
        list();
    }

    @Command(name = "list", description = "Which agents there are, and whether their programs are installed.")
    int list() {
        for (AgentPrograms.Entry program : programs().list()) {
            out().printf(
                            "%-14s  %-10s  %s%n",
                            program.agent(),
                            program.version(),
                            program.path() == null ? "not installed" : program.path());
        }
        out().flush();
        return 0;
    }

    @Command(name = "install", description = "Install the programs of the agents named, or of all.")
    int install(@Parameters(paramLabel = "AGENT", arity = "0..*") List<String> wanted) {
        AgentPrograms programs = programs();
        List<String> known =
                programs.list().stream().map(AgentPrograms.Entry::agent).toList();
        for (String agent : wanted == null ? known : wanted) {
            if (!known.contains(agent)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "No agent of the name " + agent + "; there are: " + String.join(", ", known));
            }
            try {
                programs.install(agent, this::say);
            } catch (AgentInstallException e) {
                say(String.valueOf(e.getMessage()));
                return 1;
            }
        }
        return list();
    }

    private static AgentPrograms programs() {
        return new AgentPrograms(ServerConfig.from(System.getenv()).agents(), Map.of(), System.getenv());
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
