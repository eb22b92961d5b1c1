package dev.sesame.task;

import dev.sesame.git.RepositoryRef;
import dev.sesame.setting.SettingKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;

/// What all steps of one run of an attempt share. A run is one server's hold on the attempt, from claim or restart
/// to the end or the server's own end.
///
/// @param signal rings when the agent wrote something or something was asked of the task
record Run(Engine engine, Task task, Attempt attempt, Journal journal, Patience patience, Signal signal) {

    /// Where the attempt has its workspace and its commands' control directories.
    Path directory() {
        return engine.directory().resolve(task.id()).resolve(Integer.toString(attempt.attempt()));
    }

    Path workspace() {
        return directory().resolve(Cleanup.WORKSPACE);
    }

    /// The agent's home, one for all attempts: its sessions live in it.
    Path home() {
        return engine.directory().resolve(task.id()).resolve(Cleanup.HOME);
    }

    /// Where a command of this attempt has its control directory. The name is for good: a command that was started is
    /// found again by it.
    Path control(String command) {
        return directory().resolve(command);
    }

    RepositoryRef repository() {
        return engine.repositories().resolve(task.repository());
    }

    /// The host's uid of the task's commands where the server is root. Spread over a range, so that two tasks
    /// hardly ever share one; what keeps them apart are the namespaces.
    int uid() {
        return 200_000 + Math.floorMod(task.id().hashCode(), 100_000);
    }

    Duration permissionTimeout() {
        return Duration.ofMinutes(engine.settings().get(SettingKeys.TASKS_PERMISSION_TIMEOUT_MINUTES));
    }

    /// Of what mise installs for it.
    String cacheName() {
        return Toolchains.name(task.userId(), task.repository());
    }

    /// For what people and other servers read.
    Instant now() {
        return engine.clock().instant();
    }

    /// For measuring how long something takes.
    Instant steadyNow() {
        return patience.now();
    }

    /// The same run after its attempt's row changed.
    Run with(Attempt changed) {
        Task now = engine.database().read(tx -> TaskTable.find(tx, task.id()).orElseThrow());
        return new Run(engine, now, changed, journal, patience, signal);
    }

    /// The attempt's row as it is now.
    Attempt reread() {
        return engine.database()
                .read(tx -> AttemptTable.find(tx, task.id(), attempt.attempt()).orElseThrow());
    }

    boolean cancelRequested() {
        return engine.database().read(this::cancelRequested);
    }

    boolean cancelRequested(DSLContext tx) {
        return TaskTable.find(tx, task.id()).orElseThrow().cancelRequestedAt() != null;
    }
}
