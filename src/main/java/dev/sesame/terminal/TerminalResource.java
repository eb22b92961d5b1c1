package dev.sesame.terminal;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.http.AnyCharacters;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writing in a task's terminal. The first thing that is written opens a shell.
@Path("/api/tasks/{taskId}/terminal")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TerminalResource {
    private static final int LONGEST_INPUT = 16_384;
    private static final int LONGEST_WRITER = 64;
    private static final int LONGEST_KEY = 255;
    private static final int MOST_ROWS = 500;
    private static final int MOST_COLUMNS = 1_000;

    private final Terminals terminals;
    private final TaskStanding tasks;
    private final Authenticator authenticator;

    public TerminalResource(Terminals terminals, TaskStanding tasks, Authenticator authenticator) {
        this.terminals = terminals;
        this.tasks = tasks;
        this.authenticator = authenticator;
    }

    /// @param data what is typed, as text: control characters are keys, `\r` is Enter
    /// @param writer tells apart who writes with the same session or key, say two tabs
    record Keys(
            @AnyCharacters @Nullable String data, @Nullable String writer) {}

    record Size(
            @Nullable Integer rows,
            @Nullable Integer cols,
            @Nullable String writer) {}

    @POST
    @Path("input")
    public Response input(
            @Context RoutingContext request,
            @PathParam("taskId") String taskId,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable Keys body) {
        Caller caller = authenticator.require(request, Permission.TERMINAL_WRITE);
        Keys keys = Input.required("The body", body);
        String data = Input.text("data", keys.data(), 1, LONGEST_INPUT);
        String writer = writer(caller, keys.writer());
        String key = idempotencyKey == null ? null : Input.parameter("Idempotency-Key", idempotencyKey, LONGEST_KEY);
        refuseIfOver(caller, taskId);
        terminals.type(caller, taskId, writer, data.getBytes(StandardCharsets.UTF_8), key);
        return Response.noContent().build();
    }

    @POST
    @Path("resize")
    public Response resize(@Context RoutingContext request, @PathParam("taskId") String taskId, @Nullable Size body) {
        Caller caller = authenticator.require(request, Permission.TERMINAL_WRITE);
        Size size = Input.required("The body", body);
        int rows = within("rows", size.rows(), MOST_ROWS);
        int columns = within("cols", size.cols(), MOST_COLUMNS);
        String writer = writer(caller, size.writer());
        refuseIfOver(caller, taskId);
        terminals.resize(caller, taskId, writer, rows, columns);
        return Response.noContent().build();
    }

    private void refuseIfOver(Caller caller, String taskId) {
        if (!tasks.open(caller.userId(), taskId)) {
            throw Problem.CONFLICT.because("The task is over; its terminal can only be read");
        }
    }

    private static int within(String field, @Nullable Integer value, int most) {
        int number = Input.required(field, value);
        if (number < 1 || number > most) {
            throw Problem.BAD_REQUEST.because(field + " must be a whole number from 1 to " + most);
        }
        return number;
    }

    private static String writer(Caller caller, @Nullable String name) {
        String own = name == null ? "" : Input.text("writer", name, 1, LONGEST_WRITER);
        return switch (caller) {
            case Caller.Session session -> "session " + session.sessionId() + " " + own;
            case Caller.Key key -> "key " + key.keyId() + " " + own;
        };
    }
}
