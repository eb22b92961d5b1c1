package dev.sesame.admin;

import dev.sesame.agent.AgentPrograms;
import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Permission;
import dev.sesame.task.AllTasks;
import dev.sesame.task.Engine;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `GET /api/admin/system`: what runs here, on what, and how full it is.
@Path("/api/admin/system")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SystemResource {
    private final Authenticator authenticator;
    private final Installation installation;
    private final Engine engine;
    private final AllTasks tasks;

    SystemResource(Authenticator authenticator, Installation installation, Engine engine, AllTasks tasks) {
        this.authenticator = authenticator;
        this.installation = installation;
        this.engine = engine;
        this.tasks = tasks;
    }

    /// @param node which of the servers on the database answers
    /// @param database `SQLite` or `PostgreSQL`
    record SystemView(
            String version,
            String java,
            String os,
            String node,
            Instant startedAt,
            String database,
            Sandbox sandbox,
            List<Agent> agents,
            Space disk,
            Space memory,
            AllTasks.Load tasks) {}

    /// @param isolation `full`, `process` or `none`
    record Sandbox(String isolation, String description) {}

    /// @param version of its program; absent for one that is built in
    /// @param installed whether the program is there; it is installed on first use
    record Agent(String id, @Nullable String version, boolean installed) {}

    /// In bytes; of the disk that the data directory is on, or of the server's own memory.
    record Space(long total, long free) {}

    @GET
    public SystemView get(@Context RoutingContext request) {
        authenticator.require(request).require(Permission.ADMIN_READ);
        File data = installation.dataDirectory().toFile();
        Runtime runtime = Runtime.getRuntime();
        return new SystemView(
                installation.version(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                engine.node(),
                installation.startedAt(),
                installation.database(),
                new Sandbox(
                        engine.sandboxes().isolation().name().toLowerCase(Locale.ROOT),
                        engine.sandboxes().description()),
                agents(),
                new Space(data.getTotalSpace(), data.getUsableSpace()),
                new Space(runtime.maxMemory(), runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()),
                tasks.load());
    }

    private List<Agent> agents() {
        Map<String, AgentPrograms.Entry> programs = installation.programs().list().stream()
                .collect(Collectors.toMap(AgentPrograms.Entry::agent, Function.identity()));
        return engine.agents().keySet().stream()
                .sorted()
                .map(id -> agent(id, programs.get(id)))
                .toList();
    }

    private static Agent agent(String id, AgentPrograms.@Nullable Entry program) {
        return program == null ? new Agent(id, null, true) : new Agent(id, program.version(), program.path() != null);
    }
}
