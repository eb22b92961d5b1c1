package dev.sesame.github;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.credential.CredentialText;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/github/pat`: the caller's personal access token. Whose it is and what it may do, never itself.
@Path("/api/github/pat")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PatResource {
    private final Pats pats;
    private final Authenticator authenticator;

    PatResource(Pats pats, Authenticator authenticator) {
        this.pats = pats;
        this.authenticator = authenticator;
    }

    record NewPat(@Nullable String token) {}

    record PatView(boolean configured, @Nullable String username, List<String> scopes) {
        static PatView of(Pat pat) {
            return new PatView(true, pat.login(), pat.scopes());
        }
    }

    @GET
    public PatView get(@Context RoutingContext request) {
        return pats.find(authenticator
                        .require(request, Permission.CREDENTIALS_READ)
                        .userId())
                .map(PatView::of)
                .orElse(new PatView(false, null, List.of()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public PatView set(@Context RoutingContext request, @Nullable NewPat body) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        String token =
                CredentialText.token("token", Input.required("The body", body).token());
        return PatView.of(pats.set(owner, token));
    }

    @DELETE
    public void remove(@Context RoutingContext request) {
        pats.remove(authenticator.require(request, Permission.CREDENTIALS_WRITE));
    }
}
