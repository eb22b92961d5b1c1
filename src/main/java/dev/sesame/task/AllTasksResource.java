package dev.sesame.task;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/admin/tasks`: the tasks of all users, for admins to see and to cancel.
@Path("/api/admin/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AllTasksResource {
    private static final int LONGEST_ID = 64;

    private final AllTasks all;
    private final Tasks tasks;
    private final Authenticator authenticator;

    public AllTasksResource(AllTasks all, Tasks tasks, Authenticator authenticator) {
        this.all = all;
        this.tasks = tasks;
        this.authenticator = authenticator;
    }

    record Owner(String id, String name, String email) {}

    /// As in `/api/tasks`, with whose it is.
    record OwnedTask(@JsonUnwrapped TaskView task, Owner user) {}

    record TaskList(List<OwnedTask> tasks, long total) {}

    /// @param user the owner's id
    @GET
    public TaskList list(
            @Context RoutingContext request,
            @QueryParam("status") @Nullable String status,
            @QueryParam("user") @Nullable String user,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("offset") @Nullable String offset) {
        authenticator.require(request, Permission.ADMIN_READ);
        boolean any = status == null && !request.queryParams().contains("status");
        AllTasks.Page page = all.list(
                any ? null : TaskResource.status(status),
                user == null ? null : Input.parameter("user", user, LONGEST_ID),
                Input.limit(limit),
                Input.offset(offset));
        return new TaskList(page.tasks().stream().map(AllTasksResource::view).toList(), page.total());
    }

    @POST
    @Path("{taskId}/cancel")
    public TaskResource.Cancelled cancel(@Context RoutingContext request, @PathParam("taskId") String taskId)
            throws InterruptedException {
        Task.Refusal error = tasks.cancelAnybodys(authenticator.require(request, Permission.ADMIN_WRITE), taskId);
        return new TaskResource.Cancelled(
                taskId, TaskStatus.FAILED.wire(), new TaskView.Failure(error.code(), error.message()));
    }

    private static OwnedTask view(AllTasks.Owned owned) {
        Task task = owned.task();
        return new OwnedTask(TaskView.inList(task), new Owner(task.userId(), owned.ownerName(), owned.ownerEmail()));
    }
}
