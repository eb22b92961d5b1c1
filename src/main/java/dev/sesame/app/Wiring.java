package dev.sesame.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.admin.Installation;
import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.acp.AcpDriver;
import dev.sesame.agent.claude.AmpDriver;
import dev.sesame.agent.claude.ClaudeDriver;
import dev.sesame.agent.codex.CodexDriver;
import dev.sesame.agent.demo.DemoDriver;
import dev.sesame.ai.Words;
import dev.sesame.app.doctor.HostProgram;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.SessionCookie;
import dev.sesame.credential.Credentials;
import dev.sesame.credential.LastingKeys;
import dev.sesame.credential.LoginFiles;
import dev.sesame.credential.OwnSecrets;
import dev.sesame.credential.SecretSettings;
import dev.sesame.credential.ServerCredentials;
import dev.sesame.credential.Vault;
import dev.sesame.db.Database;
import dev.sesame.db.Databases;
import dev.sesame.event.EventLog;
import dev.sesame.git.GitStore;
import dev.sesame.git.Repositories;
import dev.sesame.github.GitHub;
import dev.sesame.github.Pats;
import dev.sesame.github.PullRequests;
import dev.sesame.github.Repos;
import dev.sesame.http.Json;
import dev.sesame.mcp.McpServers;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.local.LocalSandboxes;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.ServerConfig;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import dev.sesame.setting.StoredSettings;
import dev.sesame.task.AllTasks;
import dev.sesame.task.Dispatcher;
import dev.sesame.task.Engine;
import dev.sesame.task.Messages;
import dev.sesame.task.Tasks;
import dev.sesame.task.Toolchains;
import dev.sesame.terminal.TaskStanding;
import dev.sesame.terminal.Terminals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the server is put together, top to bottom. The only place that knows every part.
final class Wiring {

    static final String AUDIT = "audit chain";

    private static final Duration GIT_NETWORK_LIMIT = Duration.ofMinutes(30);

    @Produces
    @Singleton
    ServerConfig config() {
        return ServerConfig.from(System.getenv());
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ObjectMapper json() {
        return Json.MAPPER;
    }

    @Produces
    @Singleton
    EncryptionKeys encryptionKeys(ServerConfig config) throws IOException {
        return EncryptionKeys.load(config);
    }

    @Produces
    @Singleton
    Database database(ServerConfig config) {
        return Databases.open(config.dataDirectory(), config.databaseUrl());
    }

    static void closeDatabase(@Disposes Database database) {
        database.close();
    }

    /// Refuses to open with a wrong key.
    @Produces
    @Singleton
    Vault vault(Database database, EncryptionKeys keys, Clock clock) {
        return Vault.open(database, keys, clock);
    }

    @Produces
    @Singleton
    LastingKeys lastingKeys(Database database, Vault vault, EncryptionKeys keys) {
        return new LastingKeys(database, vault, keys);
    }

    @Produces
    @Singleton
    SessionCookie sessionCookie(ServerConfig config, LastingKeys keys) {
        return new SessionCookie(config, keys.get("session cookies"));
    }

    @Produces
    @Singleton
    StoredSettings storedSettings(Database database, Vault vault, Clock clock) {
        return new StoredSettings(database, new SecretSettings(vault), clock);
    }

    @Produces
    @Singleton
    Settings settings(ServerConfig config, StoredSettings stored) {
        return new Settings(System.getenv(), config.dataDirectory(), stored);
    }

    @Produces
    @Singleton
    ServerCredentials serverCredentials(Settings settings) {
        return new ServerCredentials(System.getenv(), settings);
    }

    @Produces
    @Singleton
    GitHub github(Settings settings, Clock clock) {
        return new GitHub(settings, clock);
    }

    @Produces
    @Singleton
    OwnSecrets ownSecrets(Database database, Vault vault, AuditLog audit) {
        return new OwnSecrets(database, vault, audit);
    }

    @Produces
    @Singleton
    McpServers mcpServers(Database database, Vault vault, AuditLog audit, Clock clock) {
        return new McpServers(database, vault, audit, clock);
    }

    @Produces
    @Singleton
    Pats pats(Vault vault, OwnSecrets secrets, ServerCredentials server, GitHub github) {
        return new Pats(vault, secrets, server, github);
    }

    /// What tasks must know of their owners.
    record Owners(
            Credentials credentials, LoginFiles logins, McpServers mcpServers, Pats pats, PullRequests pullRequests) {}

    @Produces
    @Singleton
    Owners owners(Vault vault, ServerCredentials server, McpServers mcpServers, Pats pats, GitHub github) {
        return new Owners(
                new Credentials(vault, server), new LoginFiles(vault), mcpServers, pats, new PullRequests(github));
    }

    @Produces
    @Singleton
    Repos repos(Pats pats, GitHub github, Engine engine) {
        return new Repos(pats, github, engine.repositories(), engine.git());
    }

    @Produces
    @Singleton
    AuditLog auditLog(Database database, LastingKeys keys, Clock clock) {
        AuditLog audit = new AuditLog(database, keys.get(AUDIT), clock);
        audit.logHeads();
        return audit;
    }

    @Produces
    @Singleton
    EventLog eventLog(Database database, Clock clock) {
        return new EventLog(database, clock);
    }

    @Produces
    @Singleton
    LocalSandboxes sandboxes(ServerConfig config) {
        return LocalSandboxes.best(config.dataDirectory().resolve("sandbox"));
    }

    static void closeSandboxes(@Disposes LocalSandboxes sandboxes) {
        sandboxes.close();
    }

    /// The agents, by their names in the API.
    private static Map<String, AgentDriver> agents(
            AgentPrograms programs, LocalSandboxes sandboxes, Settings settings) {
        BooleanSupplier scripts =
                () -> sandboxes.isolation() == Isolation.FULL || !settings.get(SettingKeys.SANDBOX_SECURITY_ENABLED);
        return drivers(programs, scripts).collect(Collectors.toUnmodifiableMap(AgentDriver::id, Function.identity()));
    }

    /// @param scripts whether the demo agent may run commands of its prompt's
    static Stream<AgentDriver> drivers(AgentPrograms programs, BooleanSupplier scripts) {
        List<AgentDriver> own = List.of(
                new DemoDriver(scripts),
                new ClaudeDriver(programs),
                new AmpDriver(programs),
                new CodexDriver(programs));
        return Stream.concat(own.stream(), AcpDriver.all(programs).stream());
    }

    private static AgentPrograms programs(ServerConfig config, Settings settings) {
        return new AgentPrograms(config.agents(), settings::agentPath, System.getenv());
    }

    @Produces
    @Singleton
    Installation installation(ServerConfig config, Settings settings, Clock clock) {
        String database = config.databaseUrl() == null ? "SQLite" : "PostgreSQL";
        return new Installation(
                Version.ours(), clock.instant(), database, config.dataDirectory(), programs(config, settings));
    }

    /// What tasks' programs run in.
    record Rooms(LocalSandboxes sandboxes, Terminals terminals) {}

    @Produces
    @Singleton
    Rooms rooms(LocalSandboxes sandboxes, Terminals terminals) {
        return new Rooms(sandboxes, terminals);
    }

    @Produces
    @Singleton
    Terminals terminals(Database database, Settings settings, AuditLog audit) {
        return new Terminals(database, settings, audit);
    }

    @Produces
    @Singleton
    TaskStanding taskStanding(Tasks tasks) {
        return tasks::open;
    }

    @Produces
    @Singleton
    Engine engine(ServerConfig config, Settings settings, Database database, EventLog log, Rooms rooms, Owners owners) {
        DemoRepository demo = new DemoRepository(config.dataDirectory().resolve("demo"));
        String directory = settings.get(SettingKeys.TASKS_BASE_DIRECTORY);
        return new Engine(
                database,
                log,
                rooms.sandboxes(),
                new GitStore(config.dataDirectory().resolve("repositories"), GIT_NETWORK_LIMIT),
                new Repositories(
                        () -> settings.get(SettingKeys.GIT_LOCAL_REPOSITORIES).stream()
                                .map(Path::of)
                                .toList(),
                        () -> settings.get(SettingKeys.GITHUB_URL),
                        name -> settings.get(SettingKeys.AGENTS_DEMO_ENABLED) ? demo.named(name) : Optional.empty()),
                agents(programs(config, settings), rooms.sandboxes(), settings),
                settings,
                clock(),
                NodeName.of(config.dataDirectory()),
                directory.isEmpty() ? config.dataDirectory().resolve("tasks") : Path.of(directory),
                owners.credentials()::of,
                owners.pats()::token,
                owners.logins(),
                owners.mcpServers(),
                owners.credentials()::secrets,
                owners.pats()::identity,
                owners.pullRequests(),
                new Words(settings),
                new Toolchains(
                        () -> HostProgram.find("mise"), config.dataDirectory().resolve("toolchains")),
                rooms.terminals());
    }

    @Produces
    @Singleton
    Tasks tasks(Engine engine, AuditLog audit) {
        return new Tasks(engine, audit);
    }

    @Produces
    @Singleton
    AllTasks allTasks(Engine engine) {
        return new AllTasks(engine);
    }

    @Produces
    @Singleton
    Messages messages(Engine engine) {
        return new Messages(engine);
    }

    @Produces
    @Singleton
    Dispatcher dispatcher(Engine engine) {
        return new Dispatcher(engine);
    }

    /// The vault is named so that it is made first: with a wrong key nothing begins.
    void start(@Observes StartupEvent event, Vault vault, Dispatcher dispatcher) {
        dispatcher.start();
        IdleHeap.watch();
    }

    /// Before the database and the sandboxes are closed.
    void stop(@Observes ShutdownEvent event, Dispatcher dispatcher) throws InterruptedException {
        dispatcher.close();
    }
}
