package dev.sesame.app.doctor;

import dev.sesame.agent.AgentPrograms;
import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.local.LocalSandboxes;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The examinations of this host, each one method.
final class Host {

    private static final long ENOUGH_SPACE = 2L << 30;

    private final Path dataDirectory;
    private final AgentPrograms programs;

    Host(Path dataDirectory, AgentPrograms programs) {
        this.dataDirectory = dataDirectory;
        this.programs = programs;
    }

    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(git());
        findings.add(bubblewrap());
        findings.add(utilLinux());
        findings.add(UserNamespaces.examine());
        findings.add(isolation());
        findings.add(node());
        programs.list().forEach(program -> findings.add(agent(program)));
        findings.add(mise());
        findings.add(docker());
        findings.add(dataDirectory());
        findings.add(space());
        return List.copyOf(findings);
    }

    private static Finding java() {
        return Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home"));
    }

    private static Finding git() {
        return HostProgram.ask("git", "--version")
                .map(version -> Finding.ok("git", version))
                .orElseGet(() -> Finding.missing("git", "not found; no repository can be cloned", "install git")
                        .with(new Fix.Install(Tool.GIT)));
    }

    private static Finding bubblewrap() {
        return HostProgram.ask("bwrap", "--version")
                .map(version -> Finding.ok("bubblewrap", version))
                .orElseGet(() -> Finding.missing(
                                "bubblewrap",
                                "not found; agents are not isolated fully, so only the demo agent's tour runs",
                                "install bubblewrap (Linux only)")
                        .with(new Fix.Install(Tool.BUBBLEWRAP)));
    }

    private static Finding utilLinux() {
        boolean terminal = HostProgram.find("nsenter").isPresent()
                && HostProgram.find("script").isPresent();
        if (HostProgram.find("unshare").isPresent()
                && HostProgram.find("setpriv").isPresent()) {
            return terminal
                    ? Finding.ok("util-linux", "unshare, setpriv, nsenter and script are there")
                    : Finding.optional(
                                    "util-linux",
                                    "nsenter or script not found; no shell can be opened in a task's terminal",
                                    "install util-linux, and util-linux-script where that is apart")
                            .with(new Fix.Install(Tool.UTIL_LINUX));
        }
        return Finding.missing(
                        "util-linux",
                        "unshare or setpriv not found; a server of root's can't give up its rights for an agent",
                        "install util-linux (Linux only)")
                .with(new Fix.Install(Tool.UTIL_LINUX));
    }

    /// Not by looking at what is installed: by running something in it.
    private static Finding isolation() {
        try {
            Path place = Files.createTempDirectory("sesame-doctor");
            try (LocalSandboxes sandboxes = LocalSandboxes.best(place)) {
                String found = sandboxes.isolation().name().toLowerCase(Locale.ROOT) + ": " + sandboxes.description();
                return sandboxes.isolation() == Isolation.FULL
                        ? Finding.ok("isolation", found)
                        : Finding.missing("isolation", found, "make full isolation possible; agents demand it");
            } finally {
                FileTree.delete(place);
            }
        } catch (SandboxException | IOException e) {
            return Finding.missing("isolation", String.valueOf(e.getMessage()), "use a Linux host");
        }
    }

    private Finding agent(AgentPrograms.Entry program) {
        String name = program.agent();
        return program.path() != null
                ? Finding.ok(name, program.version() + " in " + program.path())
                : Finding.optional(
                                name,
                                program.title() + " " + program.version()
                                        + " is not installed yet; its first task does",
                                "sesame agents install " + name)
                        .with(new Fix.Run(progress -> programs.install(name, progress)));
    }

    private static int major(String version) {
        String digits = version.replaceFirst("^v", "").replaceFirst("\\D.*", "");
        return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    static Finding node() {
        Optional<String> node = HostProgram.ask("node", "--version");
        Optional<String> npm = HostProgram.ask("npm", "--version");
        if (node.isPresent() && major(node.get()) < AgentPrograms.NODE) {
            return Finding.missing(
                    "node",
                    node.get() + " is too old for the agents that run on it",
                    "install Node " + AgentPrograms.NODE + " or newer, with npm");
        }
        if (node.isPresent() && npm.isPresent()) {
            return Finding.ok("node", node.get() + ", npm " + npm.get());
        }
        return Finding.missing(
                        "node",
                        (node.isPresent() ? "npm" : "node") + " not found; agents come from npm and run on Node",
                        "install Node " + AgentPrograms.NODE + " or newer, with npm")
                .with(new Fix.Install(Tool.NODE));
    }

    private static Finding mise() {
        return HostProgram.ask("mise", "--version")
                .map(version -> Finding.ok("mise", version))
                .orElseGet(() -> Finding.optional(
                        "mise",
                        "not found; agents use the languages that the host has, a project's own are not installed",
                        "see mise.jdx.dev for how to install it"));
    }

    private static Finding docker() {
        if (HostProgram.find("docker").isEmpty()) {
            return Finding.optional("docker", "no docker program; tasks run in the local sandbox", "");
        }
        return HostProgram.ask("docker", "version", "--format", "{{.Server.Version}}")
                .map(version -> Finding.ok("docker", "engine " + version))
                .orElseGet(() -> Finding.optional(
                        "docker", "the program is there, no engine answers; tasks run in the local sandbox", ""));
    }

    private Finding dataDirectory() {
        Path existing = nearestExisting();
        if (!Files.isWritable(existing)) {
            return Finding.missing(
                    "data directory",
                    dataDirectory + ": " + existing + " can't be written by this user",
                    "give this user the right to write there, or set DATA_DIR");
        }
        return Finding.ok(
                "data directory",
                existing.equals(dataDirectory) ? dataDirectory + "" : dataDirectory + ", not made yet");
    }

    private Finding space() {
        try {
            FileStore store = Files.getFileStore(nearestExisting());
            String free = store.getUsableSpace() / (1 << 20) + " MiB free for " + dataDirectory;
            return store.getUsableSpace() >= ENOUGH_SPACE
                    ? Finding.ok("disk", free)
                    : Finding.optional(
                            "disk",
                            free + "; clones and logs need room",
                            "free some, or set DATA_DIR to a larger disk");
        } catch (IOException e) {
            return Finding.optional("disk", "free space is not known: " + e.getMessage(), "");
        }
    }

    private Path nearestExisting() {
        Path place = dataDirectory;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }
}
