package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.auth.Views.SessionAndUser;
import dev.sesame.auth.Views.SessionView;
import dev.sesame.auth.Views.Status;
import dev.sesame.auth.Views.UserView;
import dev.sesame.http.Input;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/auth`: who is signed in here, and where else.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {
    private final SignedInOnly signedInOnly;
    private final Authenticator authenticator;
    private final LoginSessions sessions;
    private final AccessKeys keys;
    private final Browsers browsers;

    SessionResource(
            SignedInOnly signedInOnly,
            Authenticator authenticator,
            LoginSessions sessions,
            AccessKeys keys,
            Browsers browsers) {
        this.signedInOnly = signedInOnly;
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.keys = keys;
        this.browsers = browsers;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Revocation(@Nullable String token) {}

    /// JSON `null` when signed out. The one thing here that a key may ask too.
    @GET
    @Path("get-session")
    public Response get(@Context RoutingContext request) {
        SessionAndUser current = RequestAuthenticator.key(request) == null ? ofCookie(request) : ofKey(request);
        return Response.ok(current == null ? "null" : current).build();
    }

    private @Nullable SessionAndUser ofCookie(RoutingContext request) {
        if (browsers.signedIn(request).isEmpty()) {
            browsers.forget(request);
            return null;
        }
        Caller.Session caller = signedInOnly.require(request);
        return sessions.byId(caller.sessionId())
                .map(it -> new SessionAndUser(SessionView.of(it.session()), UserView.of(it.user())))
                .orElse(null);
    }

    private @Nullable SessionAndUser ofKey(RoutingContext request) {
        return switch (authenticator.require(request)) {
            case Caller.Session session -> null;
            case Caller.Key key ->
                keys.byId(key.keyId())
                        .map(it -> new SessionAndUser(SessionView.of(it.accessKey()), UserView.of(it.owner())))
                        .orElse(null);
        };
    }

    @GET
    @Path("list-sessions")
    public List<SessionView> list(@Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        return sessions.of(caller.userId()).stream().map(SessionView::of).toList();
    }

    /// The same answer whether there was such a session or not.
    @POST
    @Path("revoke-session")
    @Consumes(MediaType.APPLICATION_JSON)
    public Status revoke(Revocation body, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        sessions.end(caller, Input.required("token", body.token()));
        return new Status(true);
    }

    @POST
    @Path("revoke-sessions")
    public Status revokeAll(@Context RoutingContext request) {
        sessions.endAll(signedInOnly.require(request));
        browsers.forget(request);
        return new Status(true);
    }

    @POST
    @Path("revoke-other-sessions")
    public Status revokeOthers(@Context RoutingContext request) {
        sessions.endOthers(signedInOnly.require(request));
        return new Status(true);
    }
}
