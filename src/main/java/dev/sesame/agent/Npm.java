package dev.sesame.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The host's npm, and trial runs of what it installed. Children get a whitelisted environment and are gone when a
/// method returns.
final class Npm {
    private static final int SHOWN_LINES = 8;
    private static final int INSTALL_SECONDS = 15 * 60;
    private static final int VERSION_SECONDS = 60;
    private static final int NODE = AgentPrograms.NODE;
    private static final Set<String> PASSED_ON = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "TMPDIR",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "NODE_EXTRA_CA_CERTS",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    private final Map<String, String> environment;

    Npm(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Installs exactly this below the directory. Scripts of packages are not run: the programs need none.
    void install(String spec, Path directory, Consumer<String> progress) throws IOException {
        List<String> command = List.of(
                find("npm").orElseThrow(() -> missing(spec)).toString(),
                "install",
                "--prefix=" + directory,
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--save-exact",
                "--",
                spec);
        Deque<String> last = new ArrayDeque<>();
        int exit = run(command, directory, INSTALL_SECONDS, Map.of(), line -> {
            if (line.isBlank()) {
                return;
            }
            last.addLast(line);
            if (last.size() > SHOWN_LINES) {
                last.removeFirst();
            }
            progress.accept("npm: " + line);
        });
        if (exit != 0) {
            throw new AgentInstallException(
                    "npm could not install " + spec + " (exit code " + exit + "). It said: " + String.join("\n", last));
        }
    }

    private static AgentInstallException missing(String spec) {
        return new AgentInstallException("npm was not found, and " + spec + " comes from npm. Install Node.js 22 or"
                + " newer with npm, so that `npm --version` works for the server's user");
    }

    /// By the environment that we were given: the JDK would look along the path of its own process.
    private Optional<Path> find(String name) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The host's Node.js, for programs that are scripts.
    ///
    /// @param title whose program it is, for the message if Node.js is missing or too old
    Path node(String title) throws IOException {
        Path node = find("node")
                .orElseThrow(() -> new AgentInstallException(title
                        + " runs on Node.js, which was not found. Install Node.js " + NODE
                        + " or newer, so that `node --version`"
                        + " works for the server's user"));
        String version = version(List.of(node.toString()), Map.of());
        Matcher major = Pattern.compile("v(\\d+)\\.").matcher(version);
        if (major.lookingAt() && Integer.parseInt(major.group(1)) < NODE) {
            throw new AgentInstallException(
                    title + " needs Node.js " + NODE + " or newer, and this host has " + version);
        }
        return node.toRealPath();
    }

    /// What the program says of itself with `--version`.
    ///
    /// @param more variables for it
    String version(List<String> program, Map<String, String> more) throws IOException {
        StringBuilder said = new StringBuilder();
        List<String> command = new ArrayList<>(program);
        command.add("--version");
        int exit = run(
                command,
                Path.of("/"),
                VERSION_SECONDS,
                more,
                line -> said.append(line).append('\n'));
        if (exit != 0) {
            throw new AgentInstallException(program.getLast() + " --version ended with exit code " + exit + ": "
                    + said.toString().strip());
        }
        return said.toString().strip();
    }

    private int run(List<String> command, Path directory, int seconds, Map<String, String> more, Consumer<String> lines)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        environment.forEach((name, value) -> {
            if (passes(name)) {
                builder.environment().put(name, value);
            }
        });
        builder.environment().putAll(more);
        Process process = builder.start();
        Thread watch = Thread.startVirtualThread(() -> endAfter(process, seconds));
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentInstallException("Interrupted while waiting for " + command.getFirst(), e);
        } finally {
            watch.interrupt();
            kill(process);
        }
    }

    private static void endAfter(Process process, int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static boolean passes(String name) {
        return PASSED_ON.contains(name.toUpperCase(Locale.ROOT))
                || name.toLowerCase(Locale.ROOT).startsWith("npm_config_");
    }
}
