package dev.sesame.agent;

import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The agents' programs, each installed from npm on first use into a directory of its own per version. Nothing
/// is ever changed there: a new version is a new directory, so that running tasks keep theirs.
///
/// An installation is made beside its place and moved there when it has proved to run, so what is there is
/// whole. Only one is made at a time, among all threads and processes on this host; who comes second waits and
/// finds it. One that died is begun anew. For any thread.
public final class AgentPrograms {
    /// The oldest Node.js on which agents that are scripts run.
    public static final int NODE = 20;

    private static final String INSIDE = "/opt/sesame/agents/";
    private static final String NODE_INSIDE = "/opt/sesame/node";

    /// Where an installation has what its program unpacks.
    static final String UNPACKED = "unpacked";

    private final Path directory;
    private final Function<String, Optional<Path>> overrides;
    private final Npm npm;

    /// @param directory where the installations are, one subdirectory per agent; made when needed
    /// @param overrides agent → a program on this host to use instead of an installation; asked at each use
    /// @param environment of this process; npm is given its own settings, proxies and little else of it
    public AgentPrograms(Path directory, Function<String, Optional<Path>> overrides, Map<String, String> environment) {
        this.directory = directory.toAbsolutePath().normalize();
        this.overrides = overrides;
        this.npm = new Npm(environment);
    }

    /// With programs that stay the same.
    public AgentPrograms(Path directory, Map<String, Path> overrides, Map<String, String> environment) {
        this(directory, agent -> Optional.ofNullable(overrides.get(agent)), environment);
    }

    /// An agent that comes from npm.
    ///
    /// @param path its program on this host; null if it is not there yet
    public record Entry(
            String agent,
            String title,
            String version,
            @Nullable Path path) {}

    public List<Entry> list() {
        return AgentPackage.all().stream()
                .map(known -> new Entry(
                        known.agent(),
                        known.title(),
                        known.version(),
                        present(known).orElse(null)))
                .toList();
    }

    /// What is there of the agent's program, found out by running it.
    public AgentExamination examine(String agent) {
        AgentPackage wanted = AgentPackage.of(agent);
        Path given = overrides.apply(agent).orElse(null);
        String found = "";
        String trouble = "";
        try {
            if (given != null) {
                found = given(wanted, given).version();
            } else if (present(wanted).isPresent()) {
                Path place = place(wanted);
                found = AgentInstallation.version(wanted, place, present(wanted).orElseThrow(), npm);
            }
        } catch (AgentInstallException | IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
        List<String> there = directories(wanted);
        return new AgentExamination(
                agent,
                wanted.title(),
                wanted.version(),
                given,
                found,
                trouble,
                there.stream()
                        .filter(name -> !name.startsWith(".") && !name.equals(wanted.version()))
                        .toList(),
                there.stream().anyMatch(name -> name.startsWith(AgentInstallation.UNFINISHED)),
                there.contains(wanted.version()));
    }

    /// Removes the agent's other versions than this release's. Tasks that run with one of them would break.
    public void removeOthers(String agent, Consumer<String> progress) {
        AgentPackage wanted = AgentPackage.of(agent);
        for (String version : examine(agent).others()) {
            Path place = directory.resolve(agent).resolve(version);
            try (HostLock _ = HostLock.acquire(place.resolveSibling(".lock"))) {
                AgentInstallation.remove(place);
                progress.accept("Removed " + wanted.title() + " " + version);
            } catch (IOException e) {
                throw new AgentInstallException(place + " could not be removed: " + e.getMessage(), e);
            }
        }
    }

    private List<String> directories(AgentPackage wanted) {
        Path all = directory.resolve(wanted.agent());
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> there = Files.list(all)) {
            return there.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AgentInstallException(all + " can't be read: " + e.getMessage(), e);
        }
    }

    /// The agent's program, installed now if it isn't yet. Blocks.
    ///
    /// @param progress told what happens, line by line; nothing if nothing has to happen
    /// @throws AgentInstallException if it can't be had
    public Program install(String agent, Consumer<String> progress) {
        AgentPackage wanted = AgentPackage.of(agent);
        Optional<Path> override = overrides.apply(agent);
        if (override.isPresent()) {
            return given(wanted, override.get());
        }
        Path place = place(wanted);
        Path program = program(wanted, place).orElseGet(() -> installed(wanted, place, progress));
        String inside = INSIDE + agent;
        Optional<String> unpacked =
                wanted.unpacksTo().isEmpty() ? Optional.empty() : Optional.of(inside + "/" + UNPACKED);
        return shown(wanted, new Mount(place, inside, false), inside + "/" + place.relativize(program), unpacked);
    }

    private Program shown(AgentPackage wanted, Mount mount, String program, Optional<String> unpacked) {
        if (!wanted.script()) {
            return new Program(List.of(mount), List.of(program), wanted.version(), unpacked);
        }
        try {
            Mount node = new Mount(npm.node(wanted.title()), NODE_INSIDE, false);
            return new Program(List.of(mount, node), List.of(NODE_INSIDE, program), wanted.version(), unpacked);
        } catch (IOException e) {
            throw new AgentInstallException("Node.js, on which " + wanted.title() + " runs, does not start", e);
        }
    }

    private Path installed(AgentPackage wanted, Path place, Consumer<String> progress) {
        try {
            Files.createDirectories(place.getParent());
            try (HostLock _ = HostLock.acquire(place.resolveSibling(".lock"))) {
                Optional<Path> meanwhile = program(wanted, place);
                return meanwhile.isPresent()
                        ? meanwhile.get()
                        : new AgentInstallation(wanted, place, npm, progress).run();
            }
        } catch (IOException e) {
            throw new AgentInstallException(
                    wanted.title() + " could not be installed into " + place + ": " + e.getMessage(), e);
        }
    }

    private Program given(AgentPackage wanted, Path override) {
        if (!Files.isRegularFile(override) || !Files.isExecutable(override)) {
            throw new AgentInstallException("The program set for " + wanted.title() + " is no executable file: "
                    + override + ". Correct the path, or unset it and the agent is installed from npm");
        }
        try {
            Path real = override.toRealPath();
            Path shown = packages(real);
            Path above = Objects.requireNonNull(shown.getParent());
            String inside = INSIDE + wanted.agent() + "/" + above.relativize(real);
            Mount mount = new Mount(shown, INSIDE + wanted.agent() + "/" + above.relativize(shown), false);
            if (!real.toString().endsWith("js")) {
                String version = npm.version(List.of(real.toString()), Map.of());
                return new Program(List.of(mount), List.of(inside), version);
            }
            Mount node = new Mount(npm.node(wanted.title()), NODE_INSIDE, false);
            String version = npm.version(List.of(node.host().toString(), real.toString()), Map.of());
            return new Program(List.of(mount, node), List.of(NODE_INSIDE, inside), version);
        } catch (IOException e) {
            throw new AgentInstallException("The program set for " + wanted.title() + " does not run: " + override, e);
        }
    }

    /// What a program needs of its surroundings: the packages that it was installed with, or nothing.
    private static Path packages(Path program) {
        for (int names = 1; names < program.getNameCount(); names++) {
            if (program.getName(names - 1).toString().equals("node_modules")) {
                return program.getRoot().resolve(program.subpath(0, names));
            }
        }
        return program;
    }

    private Optional<Path> present(AgentPackage known) {
        return overrides.apply(known.agent()).or(() -> program(known, place(known)));
    }

    private Path place(AgentPackage wanted) {
        return directory.resolve(wanted.agent()).resolve(wanted.version());
    }

    static Optional<Path> program(AgentPackage wanted, Path place) {
        return wanted.programsHere().stream()
                .map(place::resolve)
                .filter(wanted.script() ? Files::isRegularFile : Files::isExecutable)
                .findFirst();
    }
}
