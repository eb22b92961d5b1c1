package dev.sesame.task;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import dev.sesame.task.Task.Refusal;
import dev.sesame.task.Tasks.Idempotency;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/tasks`: list, create, get, cancel, retry, delete.
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskResource {

    private static final int LONGEST_KEY = 255;

    private final Tasks tasks;
    private final Messages messages;
    private final Authenticator authenticator;

    public TaskResource(Tasks tasks, Messages messages, Authenticator authenticator) {
        this.tasks = tasks;
        this.messages = messages;
        this.authenticator = authenticator;
    }

    record Created(String id, String status) {}

    record Cancelled(String id, String status, TaskView.Failure error) {}

    @GET
    public Response list(
            @Context RoutingContext request,
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("offset") @Nullable String offset) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        // JAX-RS hands out an empty parameter as if it were not there.
        boolean all = status == null && !request.queryParams().contains("status");
        TaskSearch search = TaskSearch.of(all ? null : status(status), request.queryParams());
        int length = Input.limit(limit);
        int first = Input.offset(offset);
        Object page = search.all() && first == 0
                ? tasks.firstPage(caller.userId(), length)
                : tasks.list(caller.userId(), search, length, first);
        return Response.ok(page).build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(
            @Context RoutingContext request,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable NewTask body) {
        Caller caller = authenticator.require(request, Permission.TASKS_WRITE);
        NewTask wanted = Input.required("The body", body);
        Idempotency idempotency = key == null
                ? null
                : new Idempotency(Input.parameter("Idempotency-Key", key, LONGEST_KEY), hash(wanted));
        Task task = tasks.submit(caller, wanted, idempotency);
        return Response.created(URI.create("/api/tasks/" + task.id()))
                .entity(new Created(task.id(), TaskStatus.PENDING.wire()))
                .build();
    }

    @GET
    @Path("{taskId}")
    public TaskView get(@Context RoutingContext request, @PathParam("taskId") String taskId) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        Task task = tasks.get(caller.userId(), taskId);
        return TaskView.whole(task, messages.of(task));
    }

    @DELETE
    @Path("{taskId}")
    public Response delete(@Context RoutingContext request, @PathParam("taskId") String taskId) {
        tasks.delete(authenticator.require(request, Permission.TASKS_WRITE), taskId);
        return Response.noContent().build();
    }

    @POST
    @Path("{taskId}/cancel")
    public Cancelled cancel(@Context RoutingContext request, @PathParam("taskId") String taskId)
            throws InterruptedException {
        Caller caller = authenticator.require(request, Permission.TASKS_WRITE);
        Refusal error = tasks.cancel(caller, taskId);
        return new Cancelled(taskId, TaskStatus.FAILED.wire(), new TaskView.Failure(error.code(), error.message()));
    }

    @POST
    @Path("{taskId}/retry")
    public Created retry(@Context RoutingContext request, @PathParam("taskId") String taskId) {
        Caller caller = authenticator.require(request, Permission.TASKS_WRITE);
        tasks.retry(caller, taskId);
        return new Created(taskId, TaskStatus.PENDING.wire());
    }

    static TaskStatus status(@Nullable String wire) {
        return Optional.ofNullable(wire)
                .flatMap(TaskStatus::parse)
                .orElseThrow(() ->
                        Problem.BAD_REQUEST.because("status must be one of pending, processing, completed, failed"));
    }

    private static String hash(NewTask body) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(body.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
