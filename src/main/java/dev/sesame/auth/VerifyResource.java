package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// The proof that an e-mail address is its account's: `send-verification-email` sends a link, `verify-email` is
/// where it leads.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class VerifyResource {
    private static final int LONGEST_TOKEN = 100;

    private final AuthAttempts attempts;
    private final EmailProofs proofs;
    private final OwnAddress ownAddress;

    VerifyResource(AuthAttempts attempts, EmailProofs proofs, OwnAddress ownAddress) {
        this.attempts = attempts;
        this.proofs = proofs;
        this.ownAddress = ownAddress;
    }

    /// @param callbackURL where the link leads in the end
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Wish(@Nullable String email, @Nullable String callbackURL) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Verified(boolean status, Views.@Nullable UserView user) {}

    /// The same answer whether there is such an account or not.
    @POST
    @Path("send-verification-email")
    @Consumes(MediaType.APPLICATION_JSON)
    public Views.Status send(Wish body, @Context RoutingContext request) {
        attempts.count(request);
        String email = Email.normal(Input.required("email", body.email()));
        proofs.sendConfirmation(email, ownAddress.checked(body.callbackURL(), "/"));
        return new Views.Status(true);
    }

    /// With a callback it redirects there, with `error` if it could not be.
    @GET
    @Path("verify-email")
    public Response verify(
            @QueryParam("token") @Nullable String token,
            @QueryParam("callbackURL") @Nullable String callbackUrl,
            @Context RoutingContext request) {
        attempts.count(request);
        String page = callbackUrl == null ? null : ownAddress.checked(callbackUrl, "/");
        User user = proofs.confirm(Input.parameter("token", token, LONGEST_TOKEN), attempts.address(request))
                .orElse(null);
        if (page == null && user == null) {
            throw AuthError.INVALID_TOKEN.refusal();
        }
        if (page == null) {
            return Response.ok(new Verified(true, user == null ? null : Views.UserView.of(user)))
                    .build();
        }
        return user == null ? ownAddress.redirect(page, "error", "INVALID_TOKEN") : ownAddress.redirect(page);
    }
}
