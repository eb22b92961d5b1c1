package dev.sesame.task;

import dev.sesame.agent.AgentInstallException;
import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.event.LostOwnership;
import dev.sesame.git.GitException;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.task.Task.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The whole story of one attempt: clone → setup → agent → commit → push → finish. Read [#step] top to bottom.
///
/// Each step is recorded before it begins and is safe to repeat. A server that takes over a processing task
/// starts the same story at the recorded step, so there is no other path for recovery. One virtual thread runs
/// it; interrupting that thread means that the server stops, and leaves everything for the next one.
final class TaskRun implements Runnable {

    private static final Logger LOG = System.getLogger(TaskRun.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Engine engine;
    private final String taskId;
    private final long epoch;
    private final Signal signal = new Signal();
    private volatile @Nullable Intents intents;

    TaskRun(Engine engine, String taskId, long epoch) {
        this.engine = engine;
        this.taskId = taskId;
        this.epoch = epoch;
    }

    /// Something may have been asked of the task. From any thread.
    void mark() {
        Intents current = intents;
        if (current != null) {
            current.mark();
        }
    }

    @Override
    public void run() {
        try {
            while (!tell()) {
                signal.await(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops; the agent goes on
        } catch (LostOwnership e) {
            LOG.log(Level.WARNING, "Task {0} was taken over by another server; this one leaves it", taskId);
        }
    }

    /// Tells the story from its record on. False if it could not be told to its end (the database was away): then
    /// nothing is lost, and it is told again.
    private boolean tell() throws InterruptedException {
        try {
            Optional<Run> begun = begin();
            if (begun.isEmpty()) {
                return true;
            }
            Run run = begun.get();
            Outcome outcome = story(run);
            // An interrupt looks like a failure of whatever it met: a closed channel, a git that was ended.
            stopIfInterrupted();
            new Finish(run).finish(outcome);
            return true;
        } catch (DatabaseUnavailable e) {
            LOG.log(Level.ERROR, "Task {0} waits for the database: {1}", taskId, e.getMessage());
            return false;
        } catch (LostOwnership e) {
            throw e;
        } catch (RuntimeException e) {
            stopIfInterrupted();
            LOG.log(Level.ERROR, "Task " + taskId + " could not be ended, tried again", e);
            return false;
        }
    }

    private Optional<Run> begin() {
        Task task = engine.database().read(tx -> TaskTable.find(tx, taskId).orElseThrow());
        Optional<Attempt> attempt = engine.database().read(tx -> AttemptTable.find(tx, taskId, task.attempt()));
        if (attempt.isEmpty() || attempt.get().step() == Step.DONE || task.status() != TaskStatus.PROCESSING) {
            return Optional.empty();
        }
        Journal journal = new Journal(
                engine, task, epoch, new KnownSecrets(engine.secrets().apply(task.userId())));
        Patience patience = new Patience(attempt.get(), new Steady(engine.clock(), System::nanoTime));
        Run run = new Run(engine, task, attempt.get(), journal, patience, signal);
        intents = new Intents(run);
        return Optional.of(run);
    }

    private Outcome story(Run begun) throws InterruptedException {
        Run run = begun;
        try {
            while (true) {
                Optional<Outcome> end = step(run);
                if (end.isPresent()) {
                    return end.get();
                }
                run = run.with(run.reread());
                intents = new Intents(run);
            }
        } catch (GitException e) {
            boolean passes = e.reason() == GitException.Reason.HOST_UNREACHABLE;
            return new Outcome.Failed(new Refusal(e.reason().code(), String.valueOf(e.getMessage()), passes));
        } catch (SandboxException e) {
            return Outcome.failed("sandbox_failed", String.valueOf(e.getMessage()));
        } catch (AgentInstallException e) {
            return Outcome.failed("agent_install_failed", String.valueOf(e.getMessage()));
        } catch (CancelledBeforeEnd e) {
            return Outcome.cancelled();
        } catch (DatabaseUnavailable | LostOwnership e) {
            throw e;
        } catch (RuntimeException e) {
            stopIfInterrupted();
            String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
            LOG.log(Level.ERROR, "Task " + taskId + " failed inside the server, error " + id, e);
            return Outcome.failedForNow("internal_error", "An error inside the server; its log has it as " + id);
        }
    }

    /// What blocks may answer an interrupt with an exception of its own.
    static void stopIfInterrupted() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    private Optional<Outcome> step(Run run) throws InterruptedException {
        Intents asked = Objects.requireNonNull(intents);
        return switch (run.attempt().step()) {
            case CLAIMED -> new Opening(run).open();
            case CLONE -> new CloneStep(run, asked).run();
            case SETUP -> new SetupStep(run, asked).run();
            case AGENT -> new AgentStep(run, asked).run();
            case COMMIT -> new CommitStep(run).run();
            case PUSH -> new PushStep(run).run();
            case DONE -> throw new IllegalStateException("Attempt of " + taskId + " is over");
        };
    }
}
