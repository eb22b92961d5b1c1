package dev.sesame.task;

import static dev.sesame.db.generated.Tables.IDEMPOTENCY_KEY;
import static dev.sesame.db.generated.Tables.TASK;
import static dev.sesame.db.generated.Tables.TASK_TOMBSTONE;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.setting.SettingKeys;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes away what ended tasks leave: processes (there should be none), control directories, workspaces, and in
/// time the homes and the toolchains; all of deleted tasks. Safe to repeat; what a dead server left undone the next one
/// does.
final class Cleanup {

    private static final Logger LOG = System.getLogger(Cleanup.class.getName());
    private static final Duration KILL = Duration.ofSeconds(5);
    static final Duration IDEMPOTENCY = Duration.ofHours(24);
    private static final int EVENTS_AT_ONCE = 5_000;

    static final String HOME = "home";
    static final String WORKSPACE = "workspace";

    private final Engine engine;

    Cleanup(Engine engine) {
        this.engine = engine;
    }

    /// After an attempt's end: everything but the home, which the agent's session lives in, and the workspace of a task
    /// that is kept alive. Touches no later attempt, which may have begun.
    void afterAttempt(Task task) {
        for (Path attempt : children(engine.directory().resolve(task.id()))) {
            String name = attempt.getFileName().toString();
            try {
                if (!name.equals(HOME) && Integer.parseInt(name) <= task.attempt()) {
                    clear(attempt, task.keepAlive() && Integer.parseInt(name) == task.attempt());
                }
            } catch (SandboxException e) {
                LOG.log(
                        Level.WARNING,
                        "Files of task {0} could not be removed, tried again later: {1}",
                        task.id(),
                        e.getMessage());
            }
        }
    }

    private void clear(Path attempt, boolean keepWorkspace) {
        for (Path child : children(attempt)) {
            if (!child.endsWith(WORKSPACE)) {
                Optional<Sandbox> sandbox = engine.sandboxes().find(child);
                sandbox.filter(s -> s.exit().isEmpty()).ifPresent(s -> s.kill(KILL));
                sandbox.ifPresent(Sandbox::discard);
                FileTree.delete(child);
            }
        }
        if (!keepWorkspace) {
            FileTree.delete(attempt);
        }
    }

    /// Everything that is due, on this node.
    void sweep() {
        for (Path directory : children(engine.directory())) {
            try {
                sweep(directory);
            } catch (SandboxException e) {
                LOG.log(Level.WARNING, "{0} could not be removed, tried again later: {1}", directory, e.getMessage());
            }
        }
        sweepDeleted();
        sweepToolchains();
        long old = engine.clock().instant().minus(IDEMPOTENCY).toEpochMilli();
        engine.database()
                .write(tx -> tx.deleteFrom(IDEMPOTENCY_KEY)
                        .where(IDEMPOTENCY_KEY.CREATED_AT.lt(old))
                        .execute());
    }

    private void sweep(Path directory) {
        String id = directory.getFileName().toString();
        Optional<Task> task = engine.database().read(tx -> TaskTable.find(tx, id));
        if (task.isEmpty()) {
            FileTree.delete(directory);
        } else if (task.get().status().terminal()) {
            afterAttempt(task.get());
            Instant ended = Optional.ofNullable(task.get().completedAt())
                    .orElse(task.get().updatedAt());
            int days = engine.settings().get(SettingKeys.TASKS_SESSION_RETENTION_DAYS);
            if (engine.clock().instant().isAfter(ended.plus(Duration.ofDays(days)))) {
                FileTree.delete(directory);
            }
        }
    }

    /// What mise installed for projects that nobody works on any more.
    private void sweepToolchains() {
        int days = engine.settings().get(SettingKeys.TASKS_TOOLCHAIN_RETENTION_DAYS);
        engine.toolchains()
                .removeUnused(
                        engine.clock().instant().minus(Duration.ofDays(days)),
                        () -> engine.database()
                                .read(tx -> tx.selectDistinct(TASK.USER_ID, TASK.REPOSITORY)
                                        .from(TASK)
                                        .where(TASK.STATUS.in(TaskStatus.PENDING.wire(), TaskStatus.PROCESSING.wire()))
                                        .fetchSet(row -> Toolchains.name(row.value1(), row.value2()))));
    }

    /// What deleted tasks leave in the log and in git. Events go in pieces, so that no write takes long.
    private void sweepDeleted() {
        List<String> deleted = engine.database()
                .read(tx -> tx.select(TASK_TOMBSTONE.TASK_ID)
                        .from(TASK_TOMBSTONE)
                        .where(TASK_TOMBSTONE.SWEPT.eq(false))
                        .fetch(TASK_TOMBSTONE.TASK_ID));
        for (String taskId : deleted) {
            engine.git().forget(taskId);
            int removed;
            do {
                removed = engine.database().write(tx -> engine.log().delete(tx, taskId, EVENTS_AT_ONCE));
            } while (removed > 0);
            engine.database()
                    .write(tx -> tx.update(TASK_TOMBSTONE)
                            .set(TASK_TOMBSTONE.SWEPT, true)
                            .where(TASK_TOMBSTONE.TASK_ID.eq(taskId))
                            .execute());
        }
    }

    private static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} could not be listed: {1}", directory, e.getMessage());
        }
        return children;
    }
}
