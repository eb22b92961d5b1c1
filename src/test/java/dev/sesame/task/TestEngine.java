package dev.sesame.task;

import dev.sesame.agent.demo.DemoDriver;
import dev.sesame.ai.Words;
import dev.sesame.audit.AuditLog;
import dev.sesame.credential.LoginFiles;
import dev.sesame.credential.Vault;
import dev.sesame.db.Database;
import dev.sesame.event.EventLog;
import dev.sesame.git.GitStore;
import dev.sesame.git.Repositories;
import dev.sesame.git.TestGit;
import dev.sesame.github.GitHub;
import dev.sesame.github.PullRequests;
import dev.sesame.mcp.McpServers;
import dev.sesame.sandbox.fake.FakeSandboxes;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.Settings;
import dev.sesame.terminal.Terminals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a server for tests of what tasks store: the database and the clock are the test's, the agent is the
/// demo agent, there is a repository `app`, and nothing ever runs.
final class TestEngine {
    private TestEngine() {}

    /// @param directory an empty one; tasks have their files in [Engine#directory], below it
    static Engine on(Database database, Clock clock, AuditLog audit, Path directory) {
        Settings settings = new Settings(Map.of("TASKS_MAX_RUNNING_PER_USER", "100"));
        Vault vault = Vault.open(database, EncryptionKeys.of(EncryptionKey.fresh()), clock);
        TestGit.bare(directory.resolve("repositories/app.git"), directory.resolve("scratch"));
        return new Engine(
                database,
                new EventLog(database, clock),
                new FakeSandboxes(),
                new GitStore(directory.resolve("git"), Duration.ofMinutes(1)),
                new Repositories(List.of(directory.resolve("repositories")), "https://github.com"),
                Map.of("demo", new DemoDriver(() -> true)),
                settings,
                clock,
                "node",
                directory.resolve("tasks"),
                userId -> name -> Optional.empty(),
                userId -> Optional.empty(),
                new LoginFiles(vault),
                new McpServers(database, vault, audit, clock),
                userId -> List.of(),
                userId -> Optional.empty(),
                new PullRequests(new GitHub(settings, clock)),
                new Words(settings),
                new Toolchains(Optional::empty, directory.resolve("toolchains")),
                new Terminals(database, settings, audit));
    }
}
