package dev.sesame.terminal;

import dev.sesame.db.Database;
import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.event.SecretMask;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// An open shell: takes what it prints from its spool into the [TerminalLog], masked, on a virtual thread of its
/// own; and what is typed into its input. Begins the same way for a shell that is new and one that runs since
/// before this server.
///
/// How far the spool is taken in is stored with the bytes, so nothing is missing or there twice whatever dies.
final class Shell {
    private static final System.Logger LOG = System.getLogger(Shell.class.getName());
    private static final Duration KILL = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    /// So much of a secret's beginning may be shown before it is known to be one: who types must see each key.
    private static final int HARMLESS = 5;

    private final Database database;
    private final TerminalLog log;
    private final String taskId;
    private final int number;
    private final Sandbox sandbox;
    private final Supplier<SecretMask> masks;
    private final long limit;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private long taken;
    private boolean full;

    Shell(
            Database database,
            String taskId,
            TerminalState state,
            Sandbox sandbox,
            Supplier<SecretMask> masks,
            long limit) {
        this.database = database;
        this.log = new TerminalLog(database);
        this.taskId = taskId;
        this.number = state.shell();
        this.taken = state.taken();
        this.sandbox = sandbox;
        this.masks = masks;
        this.limit = limit;
        this.thread = Thread.ofVirtual().name("terminal-" + taskId).unstarted(this::run);
    }

    void begin() {
        sandbox.onActivity(signal::release);
        thread.start();
    }

    boolean open() {
        return thread.isAlive() && sandbox.exit().isEmpty();
    }

    /// Ends it and waits until all that it printed is stored.
    void end() throws InterruptedException {
        if (!sandbox.kill(KILL)) {
            LOG.log(Level.WARNING, "The shell of {0} is still there; it is killed again with the task", taskId);
        }
        signal.release();
        if (!thread.join(DRAIN)) {
            LOG.log(Level.WARNING, "What the shell of {0} printed last is lost", taskId);
        }
        leave();
    }

    /// Leaves it to the next server.
    void leave() {
        sandbox.onActivity(null);
        thread.interrupt();
    }

    void resize(int rows, int columns) {
        tell(InputRecord.size(rows, columns));
    }

    /// Tells it an [InputRecord]. Returns false if it takes no more.
    synchronized boolean tell(byte[] record) {
        long size = sandbox.inputSize();
        if (size > limit) {
            return false;
        }
        sandbox.write(size, record);
        return true;
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } catch (InterruptedException left) {
            LOG.log(Level.DEBUG, "The shell of {0} is left to the next server", taskId);
        }
    }

    /// False when there is nothing more to do.
    private boolean step() throws InterruptedException {
        try {
            boolean ended = sandbox.exit().isPresent();
            if (copy(ended)) {
                return true;
            }
            if (ended) {
                byte[] words = (full ? LastWords.FULL : LastWords.ENDED).getBytes(StandardCharsets.UTF_8);
                database.write(tx -> {
                    log.close(tx, taskId, words);
                    return true;
                });
                return false;
            }
            if (signal.tryAcquire(1, TimeUnit.SECONDS)) {
                signal.drainPermits();
            }
            return true;
        } catch (DatabaseUnavailable e) {
            LOG.log(Level.ERROR, "The terminal of {0} waits for the database: {1}", taskId, e.getMessage());
            Thread.sleep(Duration.ofSeconds(1));
            return true;
        }
    }

    /// Takes in the next bytes. A beginning that may become a secret waits for what follows, unless nothing does.
    private boolean copy(boolean ended) {
        long shown = log.state(taskId).end();
        if (!full && shown + sandbox.size(Stream.STDOUT) - taken > limit) {
            full = true;
            sandbox.kill(KILL);
        }
        SecretMask mask = masks.get();
        int before = (int) Math.min(taken, mask.longest());
        byte[] bytes = read(taken - before, before + Math.max(TerminalLog.PIECE, 2 * mask.longest()));
        int open = mask.mask(bytes);
        int held = (ended && reachesTheEnd(before, bytes)) || open <= HARMLESS ? 0 : open;
        int until = (int) Math.min(bytes.length - held, before + Math.max(0, limit - shown));
        if (until <= before) {
            return false;
        }
        byte[] fresh = Arrays.copyOfRange(bytes, before, until);
        long from = taken;
        if (database.write(tx -> log.take(tx, taskId, number, from, fresh))) {
            taken += fresh.length;
        } else {
            // Another thread that followed it, before us or after, was faster.
            taken = log.state(taskId).taken();
        }
        return true;
    }

    private boolean reachesTheEnd(int before, byte[] bytes) {
        return taken - before + bytes.length >= sandbox.size(Stream.STDOUT);
    }

    private byte[] read(long from, int most) {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining() && sandbox.read(Stream.STDOUT, from + buffer.position(), buffer) > 0) {}
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
