package dev.sesame.task;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.event.EventBody.Decision;
import dev.sesame.event.EventBody.PermissionResponse;
import dev.sesame.http.Input;
import dev.sesame.http.Multiline;
import dev.sesame.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a user says to a task after its prompt: follow-ups and answers to permission requests.
@Path("/api/tasks/{taskId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ConversationResource {

    private static final int LONGEST_ANSWER = 4_000;
    private static final Set<String> DECISIONS = Set.of("allow", "allow_always", "deny");

    private final Tasks tasks;
    private final Authenticator authenticator;

    public ConversationResource(Tasks tasks, Authenticator authenticator) {
        this.tasks = tasks;
        this.authenticator = authenticator;
    }

    record NewMessage(@Multiline @Nullable String prompt) {}

    record QueuedMessage(String id, String prompt, String createdAt) {}

    record QueuedMessages(List<QueuedMessage> messages) {}

    record Answer(
            @Nullable String decision, @Multiline @Nullable String message) {}

    record Answered(String requestId, String decision) {}

    @POST
    @Path("messages")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response followUp(
            @Context RoutingContext request, @PathParam("taskId") String taskId, @Nullable NewMessage body) {
        Caller caller = authenticator.require(request, Permission.TASKS_WRITE);
        String prompt = NewTask.text("prompt", Input.required("The body", body).prompt(), NewTask.LONGEST_PROMPT);
        FollowUp queued = tasks.followUp(caller.userId(), taskId, prompt);
        return Response.status(Response.Status.CREATED).entity(view(queued)).build();
    }

    @GET
    @Path("messages/queued")
    public QueuedMessages queued(@Context RoutingContext request, @PathParam("taskId") String taskId) {
        Caller caller = authenticator.require(request, Permission.TASKS_READ);
        return new QueuedMessages(tasks.queued(caller.userId(), taskId).stream()
                .map(ConversationResource::view)
                .toList());
    }

    @DELETE
    @Path("messages/queued/{messageId}")
    public Response unqueue(
            @Context RoutingContext request,
            @PathParam("taskId") String taskId,
            @PathParam("messageId") String messageId) {
        tasks.unqueue(authenticator.require(request, Permission.TASKS_WRITE).userId(), taskId, messageId);
        return Response.noContent().build();
    }

    @POST
    @Path("permissions/{requestId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Answered answer(
            @Context RoutingContext request,
            @PathParam("taskId") String taskId,
            @PathParam("requestId") String requestId,
            @Nullable Answer body) {
        Caller caller = authenticator.require(request, Permission.TASKS_WRITE);
        Answer answer = Input.required("The body", body);
        String decision = Input.required("decision", answer.decision());
        if (!DECISIONS.contains(decision)) {
            throw Problem.BAD_REQUEST.because("decision must be one of allow, allow_always, deny");
        }
        String message = answer.message() == null ? null : Input.text("message", answer.message(), 0, LONGEST_ANSWER);
        tasks.answer(
                caller,
                taskId,
                new PermissionResponse(
                        requestId, Decision.valueOf(decision.toUpperCase(Locale.ROOT)), caller.userId(), message));
        return new Answered(requestId, decision);
    }

    private static QueuedMessage view(FollowUp followUp) {
        return new QueuedMessage(followUp.id(), followUp.content(), TaskView.time(followUp.createdAt()));
    }
}
