package dev.sesame.mcp;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
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
import org.jspecify.annotations.Nullable;

/// `/api/mcp-servers`: the caller's MCP servers. What their variables and headers hold is never shown.
@Path("/api/mcp-servers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class McpServerResource {
    private final McpServers servers;
    private final Authenticator authenticator;

    McpServerResource(McpServers servers, Authenticator authenticator) {
        this.servers = servers;
        this.authenticator = authenticator;
    }

    record ServerList(List<McpServerView> servers) {}

    @GET
    public ServerList list(@Context RoutingContext request) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_READ);
        return new ServerList(
                servers.list(owner.userId()).stream().map(McpServerView::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context RoutingContext request, @Nullable NewMcpServer body) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        NewMcpServer given = Input.required("The body", body);
        McpServerView added = McpServerView.of(servers.add(owner, given.checked(), given.isEnabled()));
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    @DELETE
    @Path("{name}")
    public void remove(@Context RoutingContext request, @PathParam("name") String name) {
        servers.remove(authenticator.require(request, Permission.CREDENTIALS_WRITE), Rules.name(name));
    }
}
