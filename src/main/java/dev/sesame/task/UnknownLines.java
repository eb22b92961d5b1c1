package dev.sesame.task;

import static dev.sesame.db.generated.Tables.ATTEMPT;
import static dev.sesame.db.generated.Tables.UNKNOWN_LINE;

import dev.sesame.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/// How many lines came of agents' programs that this release does not know, by the version that said them: what a newer
/// program says new. The lines themselves are in the tasks' logs. For any thread.
///
/// Counted when the agent's part of an attempt is over.
public final class UnknownLines {
    /// Of one version: a program that makes up kinds shall not fill the database.
    private static final int MOST_KINDS = 100;

    private static final String OTHERS = "others";

    private UnknownLines() {}

    /// A kind of line.
    ///
    /// @param kind what the line says of its kind, for instance a method's name
    /// @param lastTaskId the task whose log has the newest of them; it may be deleted meanwhile
    public record Count(String agent, String version, String kind, long lines, Instant lastAt, String lastTaskId) {}

    /// All there are, by agent and version, the most frequent first.
    public static List<Count> list(Database database) {
        return database.read(tx -> tx.selectFrom(UNKNOWN_LINE)
                .orderBy(UNKNOWN_LINE.AGENT, UNKNOWN_LINE.VERSION, UNKNOWN_LINE.LINES.desc(), UNKNOWN_LINE.KIND)
                .fetch(row -> new Count(
                        row.get(UNKNOWN_LINE.AGENT),
                        row.get(UNKNOWN_LINE.VERSION),
                        row.get(UNKNOWN_LINE.KIND),
                        row.get(UNKNOWN_LINE.LINES),
                        Instant.ofEpochMilli(row.get(UNKNOWN_LINE.LAST_AT)),
                        row.get(UNKNOWN_LINE.LAST_TASK_ID))));
    }

    /// Stores for good which version of its agent's program the attempt runs, for who counts after a restart.
    static void keepVersion(DSLContext tx, Task task, String version) {
        AttemptTable.save(
                AttemptTable.update(tx).set(ATTEMPT.AGENT_VERSION, plain(version)), task.id(), task.attempt());
    }

    /// As [#keepVersion] stored it; empty if it did not.
    static String version(DSLContext tx, Task task) {
        String version = tx.select(ATTEMPT.AGENT_VERSION)
                .from(ATTEMPT)
                .where(ATTEMPT.TASK_ID.eq(task.id()).and(ATTEMPT.ATTEMPT_.eq(task.attempt())))
                .fetchSingle()
                .value1();
        return version == null ? "" : version;
    }

    /// @param kinds how many lines of each kind came in the task
    static void add(
            DSLContext tx, String agent, String version, String taskId, Map<String, Integer> kinds, Instant now) {
        Set<String> known = tx.select(UNKNOWN_LINE.KIND)
                .from(UNKNOWN_LINE)
                .where(UNKNOWN_LINE.AGENT.eq(agent).and(UNKNOWN_LINE.VERSION.eq(version)))
                .fetchSet(UNKNOWN_LINE.KIND);
        kinds.forEach((kind, lines) -> {
            String place = plain(kind);
            if (!known.contains(place) && known.size() >= MOST_KINDS) {
                place = OTHERS;
            }
            known.add(place);
            add(tx, new Count(agent, version, place, lines, now, taskId));
        });
    }

    private static void add(DSLContext tx, Count more) {
        tx.insertInto(UNKNOWN_LINE)
                .set(UNKNOWN_LINE.AGENT, more.agent())
                .set(UNKNOWN_LINE.VERSION, more.version())
                .set(UNKNOWN_LINE.KIND, more.kind())
                .set(UNKNOWN_LINE.LINES, more.lines())
                .set(UNKNOWN_LINE.LAST_AT, more.lastAt().toEpochMilli())
                .set(UNKNOWN_LINE.LAST_TASK_ID, more.lastTaskId())
                .onConflict(UNKNOWN_LINE.AGENT, UNKNOWN_LINE.VERSION, UNKNOWN_LINE.KIND)
                .doUpdate()
                .set(UNKNOWN_LINE.LINES, UNKNOWN_LINE.LINES.plus(more.lines()))
                .set(UNKNOWN_LINE.LAST_AT, more.lastAt().toEpochMilli())
                .set(UNKNOWN_LINE.LAST_TASK_ID, more.lastTaskId())
                .execute();
    }

    /// Kinds and versions are names; whatever a program makes of them, they are shown in a terminal.
    private static String plain(String name) {
        String ascii = name.replaceAll("[^ -~]", "?");
        return ascii.length() <= 200 ? ascii : ascii.substring(0, 200);
    }
}
