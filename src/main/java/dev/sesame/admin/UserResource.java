package dev.sesame.admin;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.auth.User;
import dev.sesame.auth.UserAdministration;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/admin/users`: who has an account, their roles, and the end of an account.
@Path("/api/admin/users")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UserResource {
    private static final int LONGEST_SEARCH = 200;

    private final Authenticator authenticator;
    private final UserAdministration users;
    private final Departure departure;

    UserResource(Authenticator authenticator, UserAdministration users, Departure departure) {
        this.authenticator = authenticator;
        this.users = users;
        this.departure = departure;
    }

    /// @param role `admin` or `user`
    record UserView(
            String id,
            String name,
            String email,
            boolean emailVerified,
            String role,
            Instant createdAt,
            Instant updatedAt) {

        static UserView of(User user) {
            return new UserView(
                    user.id(),
                    user.name(),
                    user.email(),
                    user.emailVerified(),
                    user.role(),
                    user.createdAt(),
                    user.updatedAt());
        }
    }

    record UserList(List<UserView> users, long total) {}

    record RoleChange(@Nullable String role) {}

    @GET
    public UserList list(
            @Context RoutingContext request,
            @QueryParam("search") @Nullable String search,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("offset") @Nullable String offset) {
        authenticator.require(request, Permission.ADMIN_READ);
        UserAdministration.Page page = users.list(
                search == null ? null : Input.parameter("search", search, LONGEST_SEARCH),
                Input.limit(limit),
                Input.offset(offset));
        return new UserList(page.users().stream().map(UserView::of).toList(), page.total());
    }

    @PATCH
    @Path("{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public UserView changeRole(
            @Context RoutingContext request, @PathParam("userId") String userId, @Nullable RoleChange body) {
        Caller caller = authenticator.require(request, Permission.ADMIN_WRITE);
        String role = Input.required("role", Input.required("The body", body).role());
        if (!role.equals("admin") && !role.equals("user")) {
            throw Problem.BAD_REQUEST.because("role must be one of admin, user");
        }
        return UserView.of(users.changeRole(caller, userId, role.equals("admin")));
    }

    /// The account and all that is its user's; running tasks are ended first.
    @DELETE
    @Path("{userId}")
    public Response delete(@Context RoutingContext request, @PathParam("userId") String userId)
            throws InterruptedException {
        departure.of(authenticator.require(request, Permission.ADMIN_WRITE), userId);
        return Response.noContent().build();
    }
}
