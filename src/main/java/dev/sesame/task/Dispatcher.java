package dev.sesame.task;

import static dev.sesame.db.generated.Tables.TASK;

import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.setting.SettingKeys;
import dev.sesame.task.Queue.Claim;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Starts what may run: at the beginning the tasks that this node ran when it last stopped, then the queue's next,
/// whenever a place is free. Each run has a virtual thread of its own.
public final class Dispatcher {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final Engine engine;
    private final Queue queue;
    private final Signal signal = new Signal();
    private final Map<String, TaskRun> runs = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    public Dispatcher(Engine engine) {
        this.engine = engine;
        this.queue = new Queue(engine);
        this.thread = Thread.ofPlatform().name("dispatcher").daemon().unstarted(this::dispatch);
    }

    /// Begins to dispatch. Returns at once.
    public void start() {
        engine.database().listen(TaskTable.INTENTS, this::onIntent);
        thread.start();
        Thread.ofVirtual().name("sweeper").start(this::sweep);
    }

    /// Stops dispatching and leaves the running tasks to the next server: their agents go on.
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join();
        for (Thread run : List.copyOf(threads.values())) {
            run.interrupt();
        }
        for (Thread run : List.copyOf(threads.values())) {
            run.join(Duration.ofSeconds(2));
        }
    }

    /// Tasks that run on this node now.
    public int running() {
        return runs.size();
    }

    private void onIntent(String taskId) {
        if (taskId.isEmpty()) {
            runs.values().forEach(TaskRun::mark);
        } else {
            TaskRun run = runs.get(taskId);
            if (run == null) {
                asked.add(taskId);
            } else {
                run.mark();
            }
        }
        signal.wake();
    }

    private void dispatch() {
        boolean recovered = false;
        while (!closed) {
            try {
                if (!recovered) {
                    recover();
                    recovered = true;
                }
                startCancelled();
                startWaiting();
                signal.await(LOOK);
            } catch (InterruptedException e) {
                return;
            } catch (DatabaseUnavailable e) {
                LOG.log(Level.ERROR, "The queue waits for the database: {0}", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The dispatcher failed, and goes on", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recover() {
        List<String> mine = engine.database()
                .read(tx -> tx.select(TASK.ID)
                        .from(TASK)
                        .where(TASK.STATUS.eq(TaskStatus.PROCESSING.wire()).and(TASK.OWNER_NODE.eq(engine.node())))
                        .fetch(TASK.ID));
        for (String taskId : mine) {
            if (!runs.containsKey(taskId)) {
                start(queue.takeBack(taskId));
            }
        }
        asked.addAll(engine.database()
                .read(tx -> tx.select(TASK.ID)
                        .from(TASK)
                        .where(TASK.STATUS.eq(TaskStatus.PENDING.wire()).and(TASK.CANCEL_REQUESTED_AT.isNotNull()))
                        .fetch(TASK.ID)));
    }

    private void startCancelled() {
        for (String taskId : List.copyOf(asked)) {
            asked.remove(taskId);
            queue.claimCancelled(taskId).ifPresent(this::start);
        }
    }

    private void startWaiting() {
        while (!closed && runs.size() < engine.settings().get(SettingKeys.TASKS_MAX_RUNNING)) {
            Optional<Claim> claim = queue.claimNext();
            if (claim.isEmpty()) {
                return;
            }
            start(claim.get());
        }
    }

    private void start(Claim claim) {
        TaskRun run = new TaskRun(engine, claim.taskId(), claim.epoch());
        runs.put(claim.taskId(), run);
        Thread runThread = Thread.ofVirtual().name("run-" + claim.taskId()).unstarted(() -> {
            try {
                run.run();
            } finally {
                runs.remove(claim.taskId(), run);
                threads.remove(claim.taskId(), Thread.currentThread());
                signal.wake();
            }
        });
        threads.put(claim.taskId(), runThread);
        runThread.start();
    }

    private void sweep() {
        while (!closed) {
            try {
                new Cleanup(engine).sweep();
                Thread.sleep(SWEEP);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Cleaning up failed, tried again in an hour", e);
                pause();
            }
        }
    }
}
