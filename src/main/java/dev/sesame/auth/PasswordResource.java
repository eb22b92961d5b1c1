package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.auth.Views.TokenAndUser;
import dev.sesame.auth.Views.UserView;
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

/// `POST /api/auth/change-password`.
@Path("/api/auth/change-password")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PasswordResource {
    private final SignedInOnly signedInOnly;
    private final AuthAttempts attempts;
    private final Users users;
    private final Passwords passwords;
    private final Browsers browsers;

    PasswordResource(
            SignedInOnly signedInOnly, AuthAttempts attempts, Users users, Passwords passwords, Browsers browsers) {
        this.signedInOnly = signedInOnly;
        this.attempts = attempts;
        this.users = users;
        this.passwords = passwords;
        this.browsers = browsers;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Change(
            @Nullable String currentPassword,
            @Nullable String newPassword,
            @Nullable Boolean revokeOtherSessions) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public TokenAndUser change(Change body, @Context RoutingContext request) {
        attempts.count(request);
        Caller.Session caller = signedInOnly.require(request);
        String current = Input.required("currentPassword", body.currentPassword());
        String wanted = Input.required("newPassword", body.newPassword());
        Passwords.check(wanted);
        Users.Credentials mine = users.byId(caller.userId()).orElseThrow(AuthError.INVALID_PASSWORD::refusal);
        String before = mine.hash();
        if (!passwords.matches(current, before)
                || before == null
                || !users.changePassword(caller, before, passwords.hash(wanted))) {
            throw AuthError.INVALID_PASSWORD.refusal();
        }
        String token =
                Boolean.TRUE.equals(body.revokeOtherSessions()) ? browsers.signInAlone(request, mine.user()) : null;
        return new TokenAndUser(token, UserView.of(mine.user()));
    }
}
