package dev.sesame.credential;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/agent-credentials`: what the caller's agents sign in with. Names and times, never values.
@Path("/api/agent-credentials")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AgentCredentialResource {
    private final AgentCredentials credentials;
    private final Authenticator authenticator;

    AgentCredentialResource(AgentCredentials credentials, Authenticator authenticator) {
        this.credentials = credentials;
        this.authenticator = authenticator;
    }

    record CredentialList(List<AgentCredentials.Listed> credentials) {}

    record NewCredential(@Nullable String agent, @Nullable JsonNode credentials) {}

    @GET
    public CredentialList list(@Context RoutingContext request) {
        return new CredentialList(credentials.list(
                authenticator.require(request, Permission.CREDENTIALS_READ).userId()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public AgentCredentials.Listed set(@Context RoutingContext request, @Nullable NewCredential body) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        NewCredential given = Input.required("The body", body);
        String agent = Input.required("agent", given.agent());
        AgentCredential kind = AgentCredential.named(agent)
                .orElseThrow(() -> Problem.BAD_REQUEST.because("agent must be one of " + AgentCredential.agents()));
        return credentials.set(owner, kind, CredentialText.credential(kind, given.credentials()));
    }

    @DELETE
    @Path("{agent}")
    public void remove(@Context RoutingContext request, @PathParam("agent") String agent) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        credentials.remove(
                owner,
                AgentCredential.named(agent)
                        .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such agent with a credential")));
    }
}
