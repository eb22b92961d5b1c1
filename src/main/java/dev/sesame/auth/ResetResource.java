package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.audit.Actor;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// A forgotten password: `request-password-reset` sends a link, which leads over `reset-password/TOKEN` to a page that
/// calls `reset-password`.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ResetResource {
    private static final int LONGEST_TOKEN = 100;
    private static final String PAGE = "/reset-password";

    private final AuthAttempts attempts;
    private final Passwords passwords;
    private final EmailProofs proofs;
    private final OwnAddress ownAddress;

    ResetResource(AuthAttempts attempts, Passwords passwords, EmailProofs proofs, OwnAddress ownAddress) {
        this.attempts = attempts;
        this.passwords = passwords;
        this.proofs = proofs;
        this.ownAddress = ownAddress;
    }

    /// @param redirectTo the page that asks for the new password, if not our own
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Wish(@Nullable String email, @Nullable String redirectTo) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NewPassword(
            @Nullable String newPassword, @Nullable String token) {}

    record Sent(boolean status, String message) {}

    /// The same answer whether there is such an account or not.
    @POST
    @Path("request-password-reset")
    @Consumes(MediaType.APPLICATION_JSON)
    public Sent request(Wish body, @Context RoutingContext request) {
        attempts.count(request);
        String email = Email.normal(Input.required("email", body.email()));
        String page = ownAddress.checked(body.redirectTo(), PAGE);
        proofs.sendReset(email, page);
        return new Sent(true, "If this email exists in our system, check your email for the reset link");
    }

    /// Where the link of the mail leads.
    @GET
    @Path("reset-password/{token}")
    public Response follow(@PathParam("token") String token, @QueryParam("callbackURL") @Nullable String callbackUrl) {
        String page = ownAddress.checked(callbackUrl, PAGE);
        return proofs.resets(token)
                ? ownAddress.redirect(page, "token", token)
                : ownAddress.redirect(page, "error", "INVALID_TOKEN");
    }

    @POST
    @Path("reset-password")
    @Consumes(MediaType.APPLICATION_JSON)
    public Views.Status reset(
            NewPassword body, @QueryParam("token") @Nullable String inAddress, @Context RoutingContext request) {
        attempts.count(request);
        String password = Input.required("newPassword", body.newPassword());
        String token = Input.parameter("token", body.token() == null ? inAddress : body.token(), LONGEST_TOKEN);
        Passwords.check(password);
        // Before the hash is made, so that guesses cost nothing; decided where the token is used up.
        if (!proofs.resets(token)) {
            throw AuthError.INVALID_TOKEN.refusal();
        }
        proofs.reset(token, passwords.hash(password), Actor.anonymous(attempts.address(request)));
        return new Views.Status(true);
    }
}
