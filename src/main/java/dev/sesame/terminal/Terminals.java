package dev.sesame.terminal;

import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.db.Database;
import dev.sesame.event.UniversalEvent;
import dev.sesame.http.Problem;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.Script;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The terminals of the tasks that this server runs. Whoever runs a task says when its agent is there ([#begin])
/// and gone ([#end]); in between its owner may open a shell, one at a time. Safe from any thread; blocks.
public final class Terminals {
    private static final String SCRIPT = Script.of(Terminals.class, "shell.sh");
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    private final Database database;
    private final Settings settings;
    private final AuditLog audit;
    private final TerminalLog log;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    public Terminals(Database database, Settings settings, AuditLog audit) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
        this.log = new TerminalLog(database);
    }

    /// The agent runs: shells can be opened, and one that runs since before this server is taken up.
    public void begin(String taskId, ShellPlace place) {
        Live now = new Live(place);
        TerminalState state = log.state(taskId);
        recall(now, place, state.shell());
        if (state.open()) {
            place.sandboxes()
                    .find(place.directory(state.shell()))
                    .ifPresentOrElse(sandbox -> now.shell = follow(taskId, place, state, sandbox), () -> close(taskId));
        }
        live.put(taskId, now);
    }

    /// What the attempt's shells were told before.
    private static void recall(Live now, ShellPlace place, int last) {
        int first = last;
        while (first > 0 && place.sandboxes().find(place.directory(first)).isPresent()) {
            first--;
        }
        for (int shell = first + 1; shell <= last; shell++) {
            place.sandboxes().find(place.directory(shell)).ifPresent(now.inputs::addAll);
        }
    }

    /// The agent is gone: so is the shell, and all that it printed is stored when this returns.
    public void end(String taskId) throws InterruptedException {
        Live was = live.remove(taskId);
        Shell shell = was == null ? null : was.finish();
        if (shell != null) {
            shell.end();
        }
    }

    /// The server stops following the task; its shell goes on.
    public void leave(String taskId) {
        Live was = live.remove(taskId);
        Shell shell = was == null ? null : was.finish();
        if (shell != null) {
            shell.leave();
        }
    }

    /// Shows what the agent's commands print, in the transaction that stores the events.
    public void show(DSLContext tx, String taskId, List<UniversalEvent> stored) {
        new AgentCommands(log, limit()).show(tx, taskId, stored);
    }

    /// The attempt is over, in this transaction: no shell is open, and readers look whether more can come.
    public void over(DSLContext tx, String taskId) {
        log.close(tx, taskId, new byte[0]);
        log.announce(tx, taskId);
    }

    /// Types; opens a shell if none is open.
    ///
    /// @param key what was typed with the same one before is not typed again, whoever writes now
    void type(Caller caller, String taskId, String writer, byte[] keys, @Nullable String key) {
        Live now = live(taskId);
        String mark = key == null ? "" : InputRecord.mark(key);
        byte[] record = InputRecord.keys(keys, mark);
        synchronized (now) {
            if (now.inputs.has(mark, record)) {
                return;
            }
            claim(now, writer);
            if (!shell(now, caller, taskId, ROWS, COLUMNS).tell(record)) {
                throw Problem.CONFLICT.because("This shell has taken all the input it may; leave it and open another");
            }
            now.inputs.add(mark, record);
        }
    }

    /// Sizes the shell; opens one if none is open.
    void resize(Caller caller, String taskId, String writer, int rows, int columns) {
        Live now = live(taskId);
        synchronized (now) {
            claim(now, writer);
            Shell shell = shell(now, caller, taskId, rows, columns);
            TerminalState state = log.state(taskId);
            if (state.rows() != rows || state.columns() != columns) {
                shell.resize(rows, columns);
                database.write(tx -> {
                    log.resize(tx, taskId, rows, columns);
                    return true;
                });
            }
        }
    }

    private Live live(String taskId) {
        Live now = live.get(taskId);
        if (now == null) {
            // A server that has just started is about to take up the shells that went on without it.
            throw log.state(taskId).open()
                    ? Problem.SERVICE_UNAVAILABLE.because("The task's shell is not taken up yet; try again in a moment")
                    : Problem.CONFLICT.because(
                            "The task's agent is not running here now; its terminal can only be read");
        }
        return now;
    }

    private static void claim(Live now, String writer) {
        if (!now.writers.claim(writer)) {
            throw Problem.CONFLICT.because("Somebody else writes in this terminal; it is free "
                    + Writers.LEASE.toSeconds() + " s after the last key");
        }
    }

    private Shell shell(Live now, Caller caller, String taskId, int rows, int columns) {
        Shell known = now.shell;
        if (known != null && known.open()) {
            return known;
        }
        if (now.over) {
            throw Problem.CONFLICT.because("The task's agent has ended; its terminal can only be read");
        }
        if (log.state(taskId).end() >= limit()) {
            throw Problem.CONFLICT.because("This terminal has shown all it may (tasks.maxTerminalBytes)");
        }
        Shell fresh = open(now.place, caller, taskId, rows, columns);
        now.shell = fresh;
        return fresh;
    }

    private Shell open(ShellPlace place, Caller caller, String taskId, int rows, int columns) {
        TerminalState state = database.write(tx -> {
            log.close(tx, taskId, new byte[0]);
            log.open(tx, taskId, rows, columns);
            audit.add(tx, caller.actor(), AuditAction.TERMINAL_OPEN, taskId, Map.of());
            return TerminalLog.state(tx, taskId);
        });
        try {
            List<String> words = List.of("sh", "-c", SCRIPT, "sh", "" + rows, "" + columns);
            Sandbox sandbox = place.sandboxes()
                    .join(place.agent(), place.commands().command(place.directory(state.shell()), words));
            return follow(taskId, place, state, sandbox);
        } catch (SandboxException e) {
            close(taskId);
            throw Problem.SERVICE_UNAVAILABLE.because("No shell could be opened: " + e.getMessage());
        }
    }

    private Shell follow(String taskId, ShellPlace place, TerminalState state, Sandbox sandbox) {
        Shell shell = new Shell(database, taskId, state, sandbox, place.mask(), limit());
        shell.begin();
        return shell;
    }

    private void close(String taskId) {
        database.write(tx -> {
            log.close(tx, taskId, new byte[0]);
            return true;
        });
    }

    private long limit() {
        return settings.get(SettingKeys.TASKS_MAX_TERMINAL_BYTES);
    }
}
