package dev.sesame.task;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.ai.Words;
import dev.sesame.credential.LoginFiles;
import dev.sesame.db.Database;
import dev.sesame.event.EventLog;
import dev.sesame.git.GitStore;
import dev.sesame.git.Repositories;
import dev.sesame.github.Identity;
import dev.sesame.github.PullRequests;
import dev.sesame.mcp.McpServers;
import dev.sesame.sandbox.SandboxProvider;
import dev.sesame.setting.Settings;
import dev.sesame.terminal.Terminals;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The parts of the server that tasks run on. One per server, made at start, shared by all threads.
///
/// @param node this server's own name, for good: tasks it owns carry it
/// @param directory where each task has its workspace, home and control directories
/// @param credentials what agents may be given, by the user's id
/// @param repositoryToken for the git host, by the user's id
/// @param logins where refreshed logins of agents are kept
/// @param mcpServers of users
/// @param secrets all that must never be stored for a user's task, by the user's id
/// @param identity who the user is in commits, if the git host said; by the user's id
/// @param pullRequests at the git host
/// @param words that a model finds for tasks
public record Engine(
        Database database,
        EventLog log,
        SandboxProvider sandboxes,
        GitStore git,
        Repositories repositories,
        Map<String, AgentDriver> agents,
        Settings settings,
        Clock clock,
        String node,
        Path directory,
        Function<String, Credentials> credentials,
        Function<String, Optional<String>> repositoryToken,
        LoginFiles logins,
        McpServers mcpServers,
        Function<String, Collection<String>> secrets,
        Function<String, Optional<Identity>> identity,
        PullRequests pullRequests,
        Words words,
        Toolchains toolchains,
        Terminals terminals) {

    AgentDriver agent(String id) {
        AgentDriver driver = agents.get(id);
        if (driver == null) {
            throw new IllegalStateException("Unknown agent " + id);
        }
        return driver;
    }
}
