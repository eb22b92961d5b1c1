package dev.sesame.app;

import dev.sesame.agent.AgentInstallException;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.app.doctor.AgentDoctor;
import dev.sesame.db.Database;
import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.db.Databases;
import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.Settings;
import dev.sesame.task.UnknownLines;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sesame agents`: the programs of the agents, which the server installs on first use, ahead of time.
@Command(
        name = "agents",
        description = "List the agents' programs, install or examine them, or translate what one printed.",
        subcommands = Translate.class,
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
        return installed(programs, wanted == null ? known(programs) : wanted) ? list() : 1;
    }

    @Command(
            name = "update",
            description = "Bring the agents named, or all that are installed, to the versions that this release"
                    + " was tested with.")
    int update(
            @Parameters(paramLabel = "AGENT", arity = "0..*") List<String> wanted,
            @Option(
                            names = "--remove-others",
                            description = "Remove their other versions. Tasks that run with one would break.")
                    boolean removeOthers) {
        AgentPrograms programs = programs();
        List<String> agents = wanted != null
                ? wanted
                : known(programs).stream()
                        .filter(agent -> programs.examine(agent).known())
                        .toList();
        if (!installed(programs, agents)) {
            return 1;
        }
        if (removeOthers) {
            agents.forEach(agent -> programs.removeOthers(agent, this::say));
        }
        return list();
    }

    @Command(
            name = "doctor",
            description = "Run the agents' programs, say which versions are there, and what to do. Exit status 1"
                    + " when something is missing.")
    int doctor() {
        AgentDoctor.Report report = new AgentDoctor(programs(), unknownLines()).examine();
        out().println(report.text());
        out().flush();
        return report.missing() ? 1 : 0;
    }

    private boolean installed(AgentPrograms programs, List<String> wanted) {
        List<String> known = known(programs);
        for (String agent : wanted) {
            if (!known.contains(agent)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "No agent of the name " + agent + "; there are: " + String.join(", ", known));
            }
            try {
                programs.install(agent, this::say);
            } catch (AgentInstallException e) {
                say(String.valueOf(e.getMessage()));
                return false;
            }
        }
        return true;
    }

    private static List<String> known(AgentPrograms programs) {
        return programs.list().stream().map(AgentPrograms.Entry::agent).toList();
    }

    private static AgentPrograms programs() {
        Settings settings = new Settings(System.getenv());
        return new AgentPrograms(ServerConfig.from(System.getenv()).agents(), settings::agentPath, System.getenv());
    }

    /// What tasks of this data directory's server came across; nothing if it never had one.
    private List<UnknownLines.Count> unknownLines() {
        ServerConfig config = ServerConfig.from(System.getenv());
        if (!Databases.areThere(config.dataDirectory(), config.databaseUrl())) {
            return List.of();
        }
        try (Database database = Databases.beside(config.dataDirectory(), config.databaseUrl())) {
            return UnknownLines.list(database);
        } catch (DatabaseUnavailable e) {
            say("What tasks came across is not known: " + e.getMessage());
            return List.of();
        }
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
