package dev.sesame.task;

import static dev.sesame.db.generated.Tables.AGENT_INPUT;
import static dev.sesame.db.generated.Tables.ATTEMPT;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.McpServer;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxCommand.Mount;
import dev.sesame.setting.SettingKeys;
import dev.sesame.task.Task.Refusal;
import dev.sesame.terminal.Terminals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The agent works: installed if it is not yet, started in the sandbox or found there, followed to its end.
final class AgentStep {

    /// A driver's word that the session to resume is gone; the agent is started anew, with the messages as
    /// context.
    static final String SESSION_LOST = "session_lost";

    private static final Logger LOG = System.getLogger(AgentStep.class.getName());

    private final Run run;
    private final Intents intents;
    private final AgentDriver driver;

    AgentStep(Run run, Intents intents) {
        this.run = run;
        this.intents = intents;
        this.driver = run.engine().agent(run.task().agent());
    }

    Optional<Outcome> run() throws InterruptedException {
        if (run.attempt().quotaUntil() != null) {
            return new QuotaWait(run, intents).run();
        }
        Commands commands = new Commands(run);
        Assignment assignment = assignment(commands);
        String name = "agent-" + run.attempt().launch();
        Optional<Sandbox> running = run.engine().sandboxes().find(run.control(name));
        if (running.isEmpty()) {
            if (run.cancelRequested()) {
                return end(Outcome.cancellation());
            }
            Optional<Refusal> refusal = refused(assignment);
            if (refusal.isPresent()) {
                return end(refusal.get());
            }
        }
        run.engine()
                .words()
                .prepareCommitMessage(
                        Signature.nameOf(run),
                        assignment.prompt(),
                        run.journal().redactor()::redact);
        Login login = new Login(run, driver);
        Sandbox sandbox = running.isPresent() ? running.get() : start(commands, assignment, name, login);
        Talk talk = new Talk(driver.converse(assignment));
        AgentEnd ended = followed(commands, talk, sandbox, login);
        login.end();
        if (!talk.notUnderstood().isEmpty()) {
            count(talk.notUnderstood());
        }
        return switch (ended) {
            case AgentEnd.Succeeded() -> end(null);
            case AgentEnd.Cancelled() -> end(Outcome.cancellation());
            case AgentEnd.Failed(Refusal error) -> {
                boolean anew =
                        error.code().equals(SESSION_LOST) && run.attempt().resumeSession() != null;
                yield anew ? startAnew() : end(error);
            }
            case AgentEnd.Exhausted(Refusal error, Instant until) -> {
                Optional<Refusal> refusal = new QuotaWait(run, intents).begin(error, until);
                yield refusal.isPresent() ? end(refusal.get()) : Optional.empty();
            }
        };
    }

    /// What a newer program says; its lines are in the task's log. If the server dies after this they count twice.
    private void count(Map<String, Integer> kinds) {
        Map<String, Integer> clean = new TreeMap<>();
        kinds.forEach((kind, lines) -> clean.merge(run.journal().redactor().redact(kind), lines, Integer::sum));
        LOG.log(Level.WARNING, "Lines of {0} that were not understood, by kind: {1}", driver.id(), clean);
        run.journal()
                .write(
                        List.of(),
                        (tx, stored) -> UnknownLines.add(
                                tx,
                                driver.id(),
                                UnknownLines.version(tx, run.task()),
                                run.task().id(),
                                clean,
                                run.engine().clock().instant()));
    }

    /// While the agent runs its owner may open a shell beside it. If the server stops, both go on.
    private AgentEnd followed(Commands commands, Talk talk, Sandbox sandbox, Login login) throws InterruptedException {
        Terminals terminals = run.engine().terminals();
        String taskId = run.task().id();
        boolean over = false;
        try {
            terminals.begin(taskId, commands.shellPlace(sandbox));
            AgentEnd end = new AgentRun(run, talk, sandbox, intents, login).run();
            over = true;
            terminals.end(taskId);
            return end;
        } finally {
            if (!over) {
                terminals.leave(taskId);
            }
        }
    }

    private Optional<Refusal> refused(Assignment assignment) {
        boolean secured = run.engine().settings().get(SettingKeys.SANDBOX_SECURITY_ENABLED);
        if (secured
                && run.engine().sandboxes().isolation() != Isolation.FULL
                && driver.demandsFullIsolation(assignment)) {
            return Optional.of(new Refusal(
                    "isolation_required",
                    "This needs full isolation, and this host gives less: "
                            + run.engine().sandboxes().description() + " Run: sesame doctor --fix"));
        }
        return Optional.empty();
    }

    private Sandbox start(Commands commands, Assignment assignment, String name, Login login) {
        Credentials credentials = run.engine().credentials().apply(run.task().userId());
        boolean[] told = {false};
        Program program = driver.install(line -> {
            if (!told[0]) {
                told[0] = true;
                run.journal().write(List.of(Journal.status(Phase.INSTALLING)), Journal.nothingElse());
            }
            run.journal().log(LogType.INFO, line);
        });
        if (told[0]) {
            run.journal().write(List.of(Journal.status(Phase.RUNNING)), Journal.nothingElse());
        }
        run.journal().write(List.of(), (tx, stored) -> UnknownLines.keepVersion(tx, run.task(), program.version()));
        sayWhatIsGone(assignment);
        Launch launch = driver.launch(assignment, program, credentials);
        login.give(launch.homeFiles());
        writeHome(launch.homeFiles());
        return commands.start(
                name,
                launch.arguments(),
                launch.environment(),
                mounts(program),
                run.patience().toWall(run.patience().supervisorsDeadline(run.permissionTimeout())));
    }

    /// The program, and the runtimes that the setup installed.
    private List<Mount> mounts(Program program) {
        List<Mount> mounts = new ArrayList<>(program.mounts());
        boolean mise = run.engine().toolchains().mise().get().isPresent();
        if (mise && !Toolchains.asking(run.workspace()).isEmpty()) {
            mounts.add(run.engine().toolchains().cache(run.cacheName(), false, run.now()));
        }
        return mounts;
    }

    /// Files of our own making, into a home that no process uses now.
    private void writeHome(Map<Path, String> files) {
        try {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Path target = run.home().resolve(file.getKey());
                HomeFiles.write(run.home(), target, file.getValue());
            }
            if (!files.isEmpty()) {
                run.engine().sandboxes().own(run.home(), run.uid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The agent's home could not be written", e);
        }
    }

    private Assignment assignment(Commands commands) {
        Attempt attempt = run.attempt();
        boolean context = attempt.resumeSession() == null && run.task().startMode() == StartMode.FOLLOW_UP;
        List<String> history = context ? Messages.history(run.engine(), run.task(), attempt.firstSeq()) : List.of();
        return new Assignment(
                run.task().id(),
                attempt.attempt(),
                attempt.quotaSince() != null && attempt.resumeSession() != null ? QuotaWait.GO_ON : attempt.prompt(),
                run.task().model(),
                run.task().ask(),
                attempt.resumeSession(),
                history,
                commands.seen(commands.workspace()),
                commands.seen(commands.home()),
                servers());
    }

    /// As they are now; what was deleted meanwhile is left out.
    private List<McpServer> servers() {
        return run.task().mcpServers().stream()
                .flatMap(name -> run.engine().mcpServers().find(run.task().userId(), name).stream())
                .toList();
    }

    private void sayWhatIsGone(Assignment assignment) {
        List<String> there =
                assignment.mcpServers().stream().map(McpServer::name).toList();
        for (String name : run.task().mcpServers()) {
            if (!there.contains(name)) {
                run.journal()
                        .log(
                                LogType.WARNING,
                                "The MCP server " + name + " was deleted; the agent goes without its tools");
            }
        }
    }

    private Optional<Outcome> end(@Nullable Refusal error) {
        end(run, error);
        return Optional.empty();
    }

    /// The agent's part of the attempt is over.
    static void end(Run run, @Nullable Refusal error) {
        run.journal().write(List.of(), (tx, stored) -> {
            AttemptTable.save(
                    AttemptTable.update(tx)
                            .set(ATTEMPT.STEP, TaskTable.lower(Step.COMMIT))
                            .set(ATTEMPT.AGENT_ERROR_CODE, error == null ? null : error.code())
                            .set(ATTEMPT.AGENT_ERROR_MESSAGE, error == null ? null : error.message())
                            .set(ATTEMPT.AGENT_ERROR_RETRYABLE, error == null ? null : error.retryable()),
                    run.task().id(),
                    run.task().attempt());
        });
    }

    private Optional<Outcome> startAnew() {
        Log lost = new Log(
                LogType.WARNING,
                "The agent's session is gone; it starts a new one and gets the earlier messages as context");
        run.journal().write(List.of(lost), (tx, stored) -> launchAgain(tx, run, null));
        return Optional.empty();
    }

    /// The next start of the agent in this attempt is a new one, which nothing was said to yet.
    static void launchAgain(DSLContext tx, Run run, @Nullable String session) {
        tx.deleteFrom(AGENT_INPUT)
                .where(AGENT_INPUT
                        .TASK_ID
                        .eq(run.task().id())
                        .and(AGENT_INPUT.ATTEMPT.eq(run.task().attempt())))
                .execute();
        AttemptTable.save(
                AttemptTable.update(tx)
                        .set(ATTEMPT.RESUME_SESSION, session)
                        .set(ATTEMPT.LAUNCH, run.attempt().launch() + 1)
                        .set(ATTEMPT.STDOUT_POSITION, 0L)
                        .set(ATTEMPT.STDERR_POSITION, 0L),
                run.task().id(),
                run.task().attempt());
    }
}
