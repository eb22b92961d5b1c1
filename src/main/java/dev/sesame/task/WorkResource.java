package dev.sesame.task;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Permission;
import dev.sesame.event.EventJson;
import dev.sesame.event.UniversalEvent;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of a task: its event log in pages, and its diff.
@Path("/api/tasks/{taskId}")
@RunOnVirtualThread
public class WorkResource {

    private static final int DEFAULT_EVENTS = 500;
    private static final int MOST_EVENTS = 1_000;
    private static final long MOST_DIFF = 16L << 20;

    private final Engine engine;
    private final Tasks tasks;
    private final Authenticator authenticator;

    public WorkResource(Engine engine, Tasks tasks, Authenticator authenticator) {
        this.engine = engine;
        this.tasks = tasks;
        this.authenticator = authenticator;
    }

    /// The events after `after` (exclusive; -1 or absent: from the first), oldest first, and where the log ends now.
    @GET
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    public String events(
            @Context RoutingContext request,
            @PathParam("taskId") String taskId,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        tasks.get(authenticator.require(request, Permission.TASKS_READ).userId(), taskId);
        long from = Input.whole("after", after, -1, Long.MAX_VALUE).orElse(-1L);
        long size = Input.whole("limit", limit, 1, Long.MAX_VALUE).orElse((long) DEFAULT_EVENTS);
        List<UniversalEvent> events = engine.log().page(taskId, from, (int) Math.min(size, MOST_EVENTS));
        String joined = events.stream().map(EventJson::wire).collect(Collectors.joining(","));
        return "{\"events\":[" + joined + "],\"nextSeq\":" + engine.log().nextSeq(taskId) + "}";
    }

    /// The task's work as a unified diff against its base, from our own repository; empty while there is none.
    @GET
    @Path("diff")
    @Produces("text/x-diff; charset=UTF-8")
    public byte[] diff(@Context RoutingContext request, @PathParam("taskId") String taskId) {
        Task task =
                tasks.get(authenticator.require(request, Permission.TASKS_READ).userId(), taskId);
        Optional<Attempt> work = engine.database().read(tx -> AttemptTable.newestWithResult(tx, taskId));
        if (work.isEmpty() || work.get().baseCommit() == null || work.get().resultCommit() == null) {
            return new byte[0];
        }
        ByteArrayOutputStream diff = new ByteArrayOutputStream();
        try {
            var repository = engine.repositories().resolve(task.repository());
            engine.git().diff(repository, work.get().baseCommit(), work.get().resultCommit(), diff, MOST_DIFF);
        } catch (dev.sesame.git.GitException e) {
            throw Problem.UNPROCESSABLE_ENTITY.because(String.valueOf(e.getMessage()));
        }
        return diff.toByteArray();
    }
}
