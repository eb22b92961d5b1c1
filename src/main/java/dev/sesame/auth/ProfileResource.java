package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/// `POST /api/auth/update-user`: what people change of their own account.
@Path("/api/auth/update-user")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProfileResource {
    private final SignedInOnly signedInOnly;
    private final Users users;

    ProfileResource(SignedInOnly signedInOnly, Users users) {
        this.signedInOnly = signedInOnly;
        this.users = users;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Change(@Nullable String name, @Nullable String email) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Views.Status change(Change body, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        if (body.email() != null) {
            throw AuthError.EMAIL_CAN_NOT_BE_UPDATED.refusal();
        }
        users.rename(caller, Input.text("name", body.name(), 1, SignUpResource.LONGEST_NAME));
        return new Views.Status(true);
    }
}
