package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.event.EventBody;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventLog;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.sandbox.Script;
import dev.sesame.setting.SettingKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The runtimes and dependencies that the workspace asks for, installed by mise inside the sandbox. What it prints
/// is in the log line by line, each once however often the server dies: its position is stored with the events.
/// That it fails or is slow is a warning; the agent starts all the same.
final class SetupStep {
    private static final Duration AT_MOST = Duration.ofMinutes(15);
    private static final Duration KILL = Duration.ofSeconds(5);
    private static final Duration NAP = Duration.ofMillis(500);
    private static final int CHUNK = 64 << 10;

    /// Of its output, what is shown.
    private static final long SHOWN = 1 << 20;

    private static final String SCRIPT = Script.of(SetupStep.class, "setup.sh");

    private final Run run;
    private final Intents intents;

    SetupStep(Run run, Intents intents) {
        this.run = run;
        this.intents = intents;
    }

    /// Goes on from a fresh clone: to this step if the workspace asks for something that can be had, else to the agent.
    static void enter(Run run, List<EventBody> first) {
        List<String> asking = mayRun(run) ? Toolchains.asking(run.workspace()) : List.of();
        boolean there = run.engine().toolchains().mise().get().isPresent();
        List<EventBody> bodies = new ArrayList<>(first);
        if (!asking.isEmpty() && !there) {
            bodies.add(new Log(
                    LogType.WARNING,
                    "mise is not installed on this host, so what " + String.join(", ", asking)
                            + " asks for is not installed"));
        }
        boolean setUp = !asking.isEmpty() && there;
        run.journal()
                .enter(
                        setUp ? Step.SETUP : Step.AGENT,
                        setUp ? Phase.INSTALLING : Phase.RUNNING,
                        bodies,
                        Journal.nothingElse());
    }

    /// It runs what the repository says, like an agent.
    private static boolean mayRun(Run run) {
        return run.engine().sandboxes().isolation() == Isolation.FULL
                || !run.engine().settings().get(SettingKeys.SANDBOX_SECURITY_ENABLED);
    }

    Optional<Outcome> run() throws InterruptedException {
        if (run.cancelRequested()) {
            return Optional.of(Outcome.cancelled());
        }
        Optional<Path> mise = run.engine().toolchains().mise().get();
        if (mise.isPresent()) {
            Sandbox sandbox = start(mise.get());
            int exit = follow(sandbox);
            if (run.cancelRequested()) {
                return Optional.of(Outcome.cancelled());
            }
            leave(exit == 0 ? List.of() : List.of(new Log(LogType.WARNING, ended(sandbox, exit))));
        } else {
            leave(List.of(new Log(LogType.WARNING, "mise is no longer installed on this host")));
        }
        return Optional.empty();
    }

    private Sandbox start(Path mise) {
        Mount program = new Mount(mise, Toolchains.MISE, false);
        Mount cache = run.engine().toolchains().cache(run.cacheName(), true, run.now());
        return new Commands(run)
                .start(
                        "setup",
                        List.of("sh", "-c", SCRIPT, "setup", program.inside(), cache.inside(), Toolchains.BIN),
                        Map.of(),
                        List.of(program, cache),
                        run.now().plus(AT_MOST).plus(KILL));
    }

    /// To its end, or until it is killed; then -1.
    private int follow(Sandbox sandbox) throws InterruptedException {
        SpoolLines lines = new SpoolLines(sandbox, Stream.STDOUT, run.attempt().stdoutPosition());
        Instant until = run.steadyNow().plus(AT_MOST);
        sandbox.onActivity(run.signal()::wake);
        try {
            while (true) {
                OptionalInt exit = sandbox.exit(); // before its output is read: then all of it is there
                boolean moved = take(lines);
                if (exit.isPresent() && !moved) {
                    return exit.getAsInt();
                }
                if (intents.poll(false, run.now()).cancel() || run.steadyNow().isAfter(until)) {
                    sandbox.kill(KILL);
                    return -1;
                }
                if (!moved) {
                    run.signal().await(NAP);
                }
            }
        } finally {
            sandbox.onActivity(null);
        }
    }

    private boolean take(SpoolLines lines) {
        List<EventBody> bodies = new ArrayList<>();
        boolean moved = lines.poll(CHUNK, (offset, end, line) -> {
            if (offset < SHOWN && !line.isBlank()) {
                bodies.add(end < SHOWN ? body(line) : new Log(LogType.WARNING, "The rest of the output is left out"));
            }
        });
        if (!bodies.isEmpty()) {
            run.journal().write(bodies, positionAt(lines.position()));
        }
        return moved;
    }

    private static EventBody body(String line) {
        if (line.startsWith("$ ")) {
            return new Log(LogType.COMMAND, line.substring(2));
        }
        return line.startsWith("! ")
                ? new Log(LogType.WARNING, line.substring(2))
                : new Log(LogType.INFO, line.strip());
    }

    private static String ended(Sandbox sandbox, int exit) {
        return exit == -1 || sandbox.deadlinePassed()
                ? "Installing took longer than " + AT_MOST.toMinutes()
                        + " minutes and was ended; the agent starts without"
                : "Installing ended with exit code " + exit + "; the agent starts without";
    }

    /// The agent's output begins anew.
    private void leave(List<EventBody> bodies) {
        run.journal().enter(Step.AGENT, Phase.RUNNING, bodies, positionAt(0));
    }

    private EventLog.Also positionAt(long position) {
        return (tx, stored) -> AttemptTable.save(
                AttemptTable.update(tx).set(ATTEMPT.STDOUT_POSITION, position),
                run.task().id(),
                run.task().attempt());
    }
}
