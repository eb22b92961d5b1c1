package dev.sesame.task;

import dev.sesame.git.RepositoryRef;
import dev.sesame.git.Workspace;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.SandboxProvider;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import dev.sesame.terminal.ShellPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Starts a task's commands in its sandbox, all in the same surroundings: the workspace, the home, a bare
/// environment.
final class Commands {

    private static final Duration KILL = Duration.ofSeconds(5);
    private static final int SHOWN_OUTPUT = 4000;

    /// Files that agents and Sesame itself leave in a workspace, relative to it; they are never committed.
    private static final List<String> DROPPINGS =
            List.of(".claude/settings.local.json", ".demo-agent", ".aider.chat.history.md", ".aider.input.history");

    private final Run run;
    private final SandboxProvider sandboxes;
    private final Signature signature;
    private final Workspace clone;

    Commands(Run run) {
        this.run = run;
        this.sandboxes = run.engine().sandboxes();
        this.signature = Signature.of(run);
        RepositoryRef repository = run.repository();
        this.clone = new Workspace(
                repository,
                run.engine().git().mirror(repository),
                run.workspace(),
                signature.author(),
                DROPPINGS,
                sandboxes::seenPath);
    }

    Workspace.Step cloneStep(String startCommit, Optional<Path> startBundle) {
        return clone.cloneStep(startCommit, startBundle, run.task().branch());
    }

    Workspace.Step commitStep(String startCommit) {
        return clone.commitStep(startCommit, signature.message());
    }

    Sandbox start(String name, Workspace.Step step, Instant deadline) {
        return sandboxes.start(
                command(run.control(name), step.arguments(), step.environment(), step.mounts(), deadline, limits(0)));
    }

    Mount workspace() {
        return new Mount(run.workspace(), SandboxCommand.WORKSPACE, true);
    }

    Mount home() {
        return new Mount(run.home(), SandboxCommand.HOME, true);
    }

    String seen(Mount mount) {
        return sandboxes.seenPath(mount);
    }

    /// Where shells beside the agent are opened. They get nothing of the agent's credentials, and end long after
    /// it at the latest.
    ShellPlace shellPlace(Sandbox agent) {
        return new ShellPlace(
                sandboxes,
                agent.directory(),
                run.directory(),
                (directory, arguments) -> command(
                        directory,
                        arguments,
                        Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor", "NO_COLOR", ""),
                        List.of(),
                        run.patience()
                                .toWall(run.patience()
                                        .supervisorsDeadline(run.permissionTimeout())
                                        .plus(run.permissionTimeout())),
                        Limits.NONE),
                run.journal()::mask);
    }

    /// Starts a command of the task's own, or finds it if it was started before under this name. It may print as
    /// much as an attempt may.
    Sandbox start(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            List<Mount> mounts,
            Instant deadline) {
        long output = run.engine().settings().get(SettingKeys.TASKS_MAX_OUTPUT_BYTES);
        return sandboxes.start(command(run.control(name), arguments, environment, mounts, deadline, limits(output)));
    }

    private SandboxCommand command(
            Path directory,
            List<String> arguments,
            Map<String, String> environment,
            List<Mount> mounts,
            Instant deadline,
            Limits limits) {
        Set<Mount> all = new LinkedHashSet<>(clone.mounts());
        all.add(home());
        all.addAll(mounts);
        Map<String, String> surroundings = new LinkedHashMap<>();
        surroundings.put("PATH", asSeen(Toolchains.BIN, all) + ":/usr/local/bin:/usr/bin:/bin");
        surroundings.put("HOME", seen(home()));
        surroundings.put("USER", "agent");
        surroundings.put("LANG", "C.UTF-8");
        surroundings.put("TERM", "dumb");
        surroundings.put("NO_COLOR", "1");
        environment.forEach((variable, value) -> surroundings.put(variable, asSeen(value, all)));
        return new SandboxCommand(
                directory,
                List.copyOf(all),
                seen(workspace()),
                surroundings,
                arguments.stream().map(argument -> asSeen(argument, all)).toList(),
                run.uid(),
                deadline,
                limits);
    }

    private Limits limits(long outputBytes) {
        Settings settings = run.engine().settings();
        return new Limits(
                settings.get(SettingKeys.TASKS_MAX_MEMORY_BYTES),
                settings.get(SettingKeys.TASKS_MAX_PROCESSES),
                settings.get(SettingKeys.TASKS_MAX_PROCESSORS),
                outputBytes);
    }

    /// Waits for the end of a short command; kills it when its time is over or the task is cancelled (then exit
    /// -1).
    int await(Sandbox sandbox, Duration atMost, Intents intents) throws InterruptedException {
        return await(sandbox, atMost, () -> intents.poll(false, run.now()).cancel());
    }

    /// As above, deaf to a cancel.
    int await(Sandbox sandbox, Duration atMost) throws InterruptedException {
        return await(sandbox, atMost, () -> false);
    }

    private int await(Sandbox sandbox, Duration atMost, BooleanSupplier cancelled) throws InterruptedException {
        Instant until = run.steadyNow().plus(atMost);
        sandbox.onActivity(run.signal()::wake);
        try {
            while (true) {
                OptionalInt exit = sandbox.exit();
                if (exit.isPresent()) {
                    return exit.getAsInt();
                }
                if (cancelled.getAsBoolean() || run.steadyNow().isAfter(until)) {
                    sandbox.kill(KILL);
                    return -1;
                }
                run.signal().await(Duration.ofMillis(500));
            }
        } finally {
            sandbox.onActivity(null);
        }
    }

    /// The last of what a short command printed.
    static String tail(Sandbox sandbox, Stream stream) {
        long size = sandbox.size(stream);
        ByteBuffer buffer = ByteBuffer.allocate(SHOWN_OUTPUT);
        int read = sandbox.read(stream, Math.max(0, size - SHOWN_OUTPUT), buffer);
        return new String(buffer.array(), 0, Math.max(read, 0), StandardCharsets.UTF_8).strip();
    }

    /// Without a mount namespace a command sees the host's own paths.
    private String asSeen(String argument, Set<Mount> mounts) {
        for (Mount mount : mounts) {
            if (argument.equals(mount.inside()) || argument.startsWith(mount.inside() + "/")) {
                return seen(mount) + argument.substring(mount.inside().length());
            }
        }
        return argument;
    }
}
