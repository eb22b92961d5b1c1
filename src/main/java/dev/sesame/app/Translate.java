package dev.sesame.app;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Recording;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.acp.AcpDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sesame agents translate`: the events that a recorded output yields, without server and agent.
@Command(
        name = "translate",
        description = "Print the events that an agent's recorded output yields, one JSON object to a line; what was"
                + " not understood is counted on stderr. In a two-way recording the lines are marked `IN  ` (to the"
                + " agent) and `OUT ` (from it).",
        mixinStandardHelpOptions = true)
final class Translate implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "AGENT", description = "Whose output it is.")
    @SuppressWarnings("NullAway.Init")
    private String agent;

    @Parameters(index = "1", paramLabel = "FILE", description = "The recording; - reads standard input.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--protocol",
            description = "native (the agent's own) or acp (also over an adapter); else what Sesame speaks with it.")
    private @Nullable Protocol protocol;

    @Option(names = "--stderr", paramLabel = "FILE", description = "What the agent wrote to its standard error.")
    private @Nullable Path errors;

    enum Protocol {
        NATIVE,
        ACP
    }

    @Override
    public Integer call() throws IOException {
        Recording recording;
        try (BufferedReader reader = reader()) {
            recording = Recording.read(reader);
        } catch (IOException e) {
            throw wrong("Can't read " + file + ": " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        Translation translation = new Translation(retelling(recording), out::println);
        translation.translate(recording, errors == null ? List.of() : Files.readAllLines(errors));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println(translation.summary());
        err.flush();
        return 0;
    }

    private BufferedReader reader() throws IOException {
        return file.toString().equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file);
    }

    private Retelling retelling(Recording recording) {
        AgentPrograms none = new AgentPrograms(Path.of(""), Map.of(), Map.of());
        Map<String, AgentDriver> drivers =
                Wiring.drivers(none, () -> true).collect(Collectors.toMap(AgentDriver::id, driver -> driver));
        AgentDriver driver = drivers.get(agent);
        if (driver == null) {
            List<String> known = drivers.keySet().stream().sorted().toList();
            throw wrong("No agent of the name " + agent + "; there are: " + String.join(", ", known));
        }
        boolean acp = driver instanceof AcpDriver;
        Protocol chosen = Objects.requireNonNullElse(protocol, acp ? Protocol.ACP : Protocol.NATIVE);
        if (acp && chosen == Protocol.NATIVE) {
            throw wrong("Sesame speaks ACP with " + agent + " and does not know the format of its own: leave"
                    + " --protocol out");
        }
        return acp || chosen == Protocol.NATIVE
                ? driver.retell(recording.assignment())
                : AcpDriver.retell(agent, recording.assignment());
    }

    private CommandLine.ParameterException wrong(String why) {
        return new CommandLine.ParameterException(spec.commandLine(), why);
    }
}
