package dev.sesame.agent.demo;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.demo.process.DemoAgent;
import dev.sesame.agent.demo.process.Script;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Runs the demo agent with the server's own JDK and code, shown to the sandbox read-only. Needs no credentials.
///
/// A script (see [Script]) runs commands, so it demands full isolation. Where scripts are not allowed the
/// process is told so as well and refuses those that come as follow-ups, each with a clear word.
public final class DemoDriver implements AgentDriver {
    private static final String JDK = "/opt/sesame/jdk";
    private static final String CODE = "/opt/sesame/demo";

    private final BooleanSupplier scriptsAllowed;

    /// @param scriptsAllowed whether the sandbox isolates enough for commands of the prompt's making; asked at
    ///     each launch
    public DemoDriver(BooleanSupplier scriptsAllowed) {
        this.scriptsAllowed = scriptsAllowed;
    }

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public boolean demandsFullIsolation(Assignment assignment) {
        return Script.isPresent(assignment.prompt());
    }

    @Override
    public boolean usesMcpServers() {
        return false;
    }

    @Override
    public Optional<String> missing(Credentials credentials) {
        return Optional.empty();
    }

    /// Every path in the command is a word of its own and begins with the inside path of a mount, so that who
    /// runs it without a mount namespace can put the host's path in its place.
    @Override
    public Program install(Consumer<String> progress) {
        try {
            Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
            Path code = codeOf(DemoAgent.class);
            // Its directory and not the jar, for a file costs a sandbox more; there is nothing else in it.
            Path directory = Files.isDirectory(code) ? code : Objects.requireNonNull(code.getParent());
            String inside = Files.isDirectory(code) ? CODE : CODE + "/" + code.getFileName();
            List<Mount> mounts = new ArrayList<>();
            mounts.add(new Mount(jdk, JDK, false));
            mounts.add(new Mount(directory, CODE, false));
            Path configuration = jdk.resolve("lib/jvm.cfg").toRealPath().getParent();
            if (configuration != null && !configuration.startsWith(jdk)) {
                // Distributions keep it under /etc, with links from the JDK.
                mounts.add(new Mount(configuration, configuration.toString(), false));
            }
            return new Program(List.copyOf(mounts), command(inside), "built in");
        } catch (IOException | URISyntaxException e) {
            throw new SandboxException("The demo agent's own code or JDK was not found: " + e.getMessage(), e);
        }
    }

    /// For a quick start and little memory: no compiler but the fast one, no parallel collector, no files in
    /// `/tmp`.
    private static List<String> command(String code) {
        return List.of(
                JDK + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+DisplayVMOutputToStderr",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                code,
                DemoAgent.class.getName());
    }

    private static Path codeOf(Class<?> type) throws URISyntaxException {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().toString();
        String file = location.startsWith("jar:") ? location.substring(4, location.indexOf("!/")) : location;
        return Path.of(new URI(file));
    }

    @Override
    public Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        arguments.addAll(List.of("--home", assignment.home()));
        if (assignment.resume() != null) {
            arguments.addAll(List.of("--resume", assignment.resume()));
        }
        if (assignment.ask()) {
            arguments.add("--ask");
        }
        if (!scriptsAllowed.getAsBoolean()) {
            arguments.add("--tour-only");
        }
        // The JVM encodes a command's words by the locale.
        return new Launch(List.copyOf(arguments), Map.of("LC_ALL", "C.UTF-8"), Map.of());
    }

    @Override
    public Conversation converse(Assignment assignment) {
        return new DemoConversation(assignment);
    }
}
