package dev.sesame.auth;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// `GET /api/setup/status`: what a sign-up page must know, for everyone.
@Path("/api/setup/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SetupResource {
    private final Users users;
    private final SetupToken setupToken;

    SetupResource(Users users, SetupToken setupToken) {
        this.users = users;
        this.setupToken = setupToken;
    }

    /// @param setupTokenRequired whether the first account needs the token from the console
    /// @param registrationOpen whether anybody can sign up now
    public record Status(
            boolean setupComplete, boolean hasAdmin, boolean setupTokenRequired, boolean registrationOpen) {}

    @GET
    public Status status() {
        boolean hasAdmin = !users.none();
        return new Status(hasAdmin, hasAdmin, setupToken.needed(), users.registrationOpen());
    }
}
