package dev.sesame.github;

import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/repos`: what the caller's tasks can work on.
@Path("/api/repos")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RepositoryResource {
    private static final int LONGEST_SEARCH = 200;

    private final Repos repos;
    private final Authenticator authenticator;

    RepositoryResource(Repos repos, Authenticator authenticator) {
        this.repos = repos;
        this.authenticator = authenticator;
    }

    record RepositoryList(List<Repository> repositories) {}

    record BranchList(List<Branch> branches) {}

    @GET
    public RepositoryList list(@Context RoutingContext request, @QueryParam("search") @Nullable String search) {
        String userId = userId(request);
        String part = search == null || search.isEmpty() ? "" : Input.parameter("search", search, LONGEST_SEARCH);
        return new RepositoryList(repos.list(userId, part));
    }

    @GET
    @Path("{owner}/{repo}/branches")
    public BranchList branches(
            @Context RoutingContext request, @PathParam("owner") String owner, @PathParam("repo") String repo) {
        return new BranchList(repos.branches(userId(request), owner + "/" + repo));
    }

    /// Of a local repository whose name has one part.
    @GET
    @Path("{name}/branches")
    public BranchList branches(@Context RoutingContext request, @PathParam("name") String name) {
        return new BranchList(repos.branches(userId(request), name));
    }

    private String userId(RoutingContext request) {
        return authenticator.require(request, Permission.REPOS_READ).userId();
    }
}
