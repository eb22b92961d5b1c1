package dev.sesame.terminal;

import static dev.sesame.db.generated.Tables.TERMINAL;
import static dev.sesame.db.generated.Tables.TERMINAL_OUTPUT;

import dev.sesame.db.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;

/// The bytes that tasks' terminals have shown, and how their shells stand. No rules here, only rows.
///
/// Whatever is added is announced under the task's id, once it is durable.
final class TerminalLog {
    static final String CHANGES = "terminal";

    /// Whole base64 groups, so that pieces are decoded by themselves.
    static final int PIECE = 48 << 10;

    private final Database database;

    TerminalLog(Database database) {
        this.database = database;
    }

    /// @param bytes shared, not to be changed
    record Piece(long start, byte[] bytes) {
        long end() {
            return start + bytes.length;
        }
    }

    record Page(TerminalState state, List<Piece> pieces) {}

    TerminalState state(String taskId) {
        return database.read(tx -> state(tx, taskId));
    }

    static TerminalState state(DSLContext tx, String taskId) {
        return tx.selectFrom(TERMINAL)
                .where(TERMINAL.TASK_ID.eq(taskId))
                .fetchOptional(TerminalLog::row)
                .orElse(TerminalState.NONE);
    }

    /// What comes from a place on, about so many bytes but a piece at least, and how it stood then.
    Page from(String taskId, long place, int bytes) {
        return database.read(tx -> {
            List<Piece> pieces = new ArrayList<>();
            TerminalState state = state(tx, taskId);
            long next = place;
            while (next < state.end() && next - place < bytes) {
                Piece piece = piece(tx, taskId, next);
                pieces.add(piece);
                next = piece.end();
            }
            return new Page(state, pieces);
        });
    }

    private static Piece piece(DSLContext tx, String taskId, long place) {
        Record row = tx.select(TERMINAL_OUTPUT.START_AT, TERMINAL_OUTPUT.CONTENT)
                .from(TERMINAL_OUTPUT)
                .where(TERMINAL_OUTPUT.TASK_ID.eq(taskId).and(TERMINAL_OUTPUT.START_AT.le(place)))
                .orderBy(TERMINAL_OUTPUT.START_AT.desc())
                .limit(1)
                .fetchSingle();
        byte[] bytes = Base64.getDecoder().decode(row.get(TERMINAL_OUTPUT.CONTENT));
        int skipped = Math.toIntExact(place - row.get(TERMINAL_OUTPUT.START_AT));
        return new Piece(place, skipped == 0 ? bytes : Arrays.copyOfRange(bytes, skipped, bytes.length));
    }

    /// Opens the next shell, unless one is open.
    void open(DSLContext tx, String taskId, int rows, int columns) {
        make(tx, taskId);
        tx.update(TERMINAL)
                .set(TERMINAL.SHELL, TERMINAL.SHELL.plus(1))
                .set(TERMINAL.SHELL_OPEN, true)
                .set(TERMINAL.TAKEN, 0L)
                .set(TERMINAL.SCREEN_ROWS, rows)
                .set(TERMINAL.SCREEN_COLUMNS, columns)
                .where(TERMINAL.TASK_ID.eq(taskId).and(TERMINAL.SHELL_OPEN.eq(false)))
                .execute();
        announce(tx, taskId);
    }

    void resize(DSLContext tx, String taskId, int rows, int columns) {
        tx.update(TERMINAL)
                .set(TERMINAL.SCREEN_ROWS, rows)
                .set(TERMINAL.SCREEN_COLUMNS, columns)
                .where(TERMINAL.TASK_ID.eq(taskId))
                .execute();
        announce(tx, taskId);
    }

    /// Adds what follows in the spool of a shell. False if it is not at that place any more: somebody else takes
    /// it in.
    boolean take(DSLContext tx, String taskId, int shell, long taken, byte[] bytes) {
        int moved = tx.update(TERMINAL)
                .set(TERMINAL.TAKEN, taken + bytes.length)
                .where(TERMINAL.TASK_ID.eq(taskId).and(TERMINAL.SHELL.eq(shell)))
                .and(TERMINAL.SHELL_OPEN.eq(true).and(TERMINAL.TAKEN.eq(taken)))
                .execute();
        if (moved == 1) {
            append(tx, taskId, bytes);
        }
        return moved == 1;
    }

    /// Closes the shell that is open, if one is, with some last words.
    void close(DSLContext tx, String taskId, byte[] words) {
        int closed = tx.update(TERMINAL)
                .set(TERMINAL.SHELL_OPEN, false)
                .where(TERMINAL.TASK_ID.eq(taskId).and(TERMINAL.SHELL_OPEN.eq(true)))
                .execute();
        if (closed == 1) {
            append(tx, taskId, words);
        }
    }

    void append(DSLContext tx, String taskId, byte[] bytes) {
        make(tx, taskId);
        long end = state(tx, taskId).end();
        for (int from = 0; from < bytes.length; from += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            tx.insertInto(TERMINAL_OUTPUT)
                    .set(TERMINAL_OUTPUT.TASK_ID, taskId)
                    .set(TERMINAL_OUTPUT.START_AT, end + from)
                    .set(TERMINAL_OUTPUT.CONTENT, Base64.getEncoder().encodeToString(piece))
                    .execute();
        }
        tx.update(TERMINAL)
                .set(TERMINAL.END_AT, end + bytes.length)
                .where(TERMINAL.TASK_ID.eq(taskId))
                .execute();
        announce(tx, taskId);
    }

    void announce(DSLContext tx, String taskId) {
        database.announce(tx, CHANGES, taskId);
    }

    private static void make(DSLContext tx, String taskId) {
        tx.insertInto(TERMINAL)
                .set(TERMINAL.TASK_ID, taskId)
                .set(TERMINAL.END_AT, 0L)
                .set(TERMINAL.SHELL, 0)
                .set(TERMINAL.SHELL_OPEN, false)
                .set(TERMINAL.TAKEN, 0L)
                .set(TERMINAL.SCREEN_ROWS, 0)
                .set(TERMINAL.SCREEN_COLUMNS, 0)
                .onConflictDoNothing()
                .execute();
    }

    private static TerminalState row(Record row) {
        return new TerminalState(
                row.get(TERMINAL.END_AT),
                row.get(TERMINAL.SHELL),
                row.get(TERMINAL.SHELL_OPEN),
                row.get(TERMINAL.TAKEN),
                row.get(TERMINAL.SCREEN_ROWS),
                row.get(TERMINAL.SCREEN_COLUMNS));
    }
}
