package dev.sesame.credential;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/api/api-keys`: the caller's keys for the providers of models. Names only, never values.
@Path("/api/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProviderKeyResource {
    private final ProviderKeys keys;
    private final Authenticator authenticator;

    ProviderKeyResource(ProviderKeys keys, Authenticator authenticator) {
        this.keys = keys;
        this.authenticator = authenticator;
    }

    record KeyList(List<ProviderKeys.Listed> keys) {}

    record NewKey(@Nullable String provider, @Nullable String key) {}

    @GET
    public KeyList list(@Context RoutingContext request) {
        return new KeyList(keys.list(
                authenticator.require(request, Permission.CREDENTIALS_READ).userId()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public ProviderKeys.Listed set(@Context RoutingContext request, @Nullable NewKey body) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        NewKey given = Input.required("The body", body);
        String name = Input.required("provider", given.provider());
        Provider provider = Provider.named(name)
                .orElseThrow(() -> Problem.BAD_REQUEST.because("provider must be one of "
                        + Arrays.stream(Provider.values()).map(Provider::wire).collect(Collectors.joining(", "))));
        keys.set(owner, provider, CredentialText.token("key", given.key()));
        return new ProviderKeys.Listed(provider.wire(), true);
    }

    @DELETE
    @Path("{provider}")
    public void remove(@Context RoutingContext request, @PathParam("provider") String name) {
        Caller owner = authenticator.require(request, Permission.CREDENTIALS_WRITE);
        keys.remove(owner, Provider.named(name).orElseThrow(() -> Problem.NOT_FOUND.because("No such provider")));
    }
}
