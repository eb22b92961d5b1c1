package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sesame.auth.OidcProvider.Failure;
import dev.sesame.auth.OidcProvider.Identity;
import dev.sesame.auth.OidcProvider.Secrets;
import dev.sesame.auth.Verifications.Purpose;
import dev.sesame.http.Input;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sign-in at an OpenID Connect provider: `sign-in/oauth2` says where to go, `oauth2/callback` takes who comes back.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OauthResource {
    private static final Logger LOG = System.getLogger(OauthResource.class.getName());
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int SECRET_LENGTH = 64;

    private final OidcProvider provider;
    private final LinkedAccounts accounts;
    private final Verifications verifications;
    private final OauthCookie cookie;
    private final Entrance entrance;
    private final OwnAddress ownAddress;

    OauthResource(
            OidcProvider provider,
            LinkedAccounts accounts,
            Verifications verifications,
            OauthCookie cookie,
            Entrance entrance,
            OwnAddress ownAddress) {
        this.provider = provider;
        this.accounts = accounts;
        this.verifications = verifications;
        this.cookie = cookie;
        this.entrance = entrance;
        this.ownAddress = ownAddress;
    }

    /// @param callbackURL where the browser goes when it is signed in, the others for when it is not, or is new here
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Wish(
            @Nullable String providerId,
            @Nullable String callbackURL,
            @Nullable String errorCallbackURL,
            @Nullable String newUserCallbackURL,
            @Nullable Boolean disableRedirect) {}

    record Next(String url, boolean redirect) {}

    /// What is kept until the browser comes back.
    record Journey(String nonce, String verifier, String callback, String error, String newUser) {}

    @POST
    @Path("sign-in/oauth2")
    @Consumes(MediaType.APPLICATION_JSON)
    public Next signIn(Wish body, @Context RoutingContext request) {
        entrance.count(request);
        if (!provider.offered(Input.required("providerId", body.providerId()))) {
            throw AuthError.PROVIDER_CONFIG_NOT_FOUND.refusal();
        }
        String callback = ownAddress.checked(body.callbackURL(), "/");
        Journey journey = new Journey(
                Secret.random(SECRET_LENGTH),
                Secret.random(SECRET_LENGTH),
                callback,
                ownAddress.checked(body.errorCallbackURL(), "/"),
                ownAddress.checked(body.newUserCallbackURL(), callback));
        String state = verifications.begin(Purpose.OAUTH, null, text(journey), LIFE);
        try {
            String url = provider.signIn(new Secrets(state, journey.nonce(), journey.verifier()))
                    .toString();
            cookie.set(request, state, LIFE);
            return new Next(url, !Boolean.TRUE.equals(body.disableRedirect()));
        } catch (Failure e) {
            LOG.log(Level.ERROR, "Nobody can sign in by OpenID Connect: {0}", e.getMessage());
            throw Problem.BAD_GATEWAY.because("The sign-in provider can't be used; the server's log says why");
        }
    }

    /// Always redirects: to the page that was asked for, or with `error` where the sign-in was begun.
    @GET
    @Path("oauth2/callback/{providerId}")
    public Response callback(
            @PathParam("providerId") String providerId,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @Context RoutingContext request) {
        Journey journey = resumed(request, providerId, state);
        cookie.clear(request);
        if (state == null || journey == null) {
            return ownAddress.redirect("/", "error", "state_mismatch");
        }
        if (code == null) {
            return ownAddress.redirect(
                    journey.error(), "error", error != null && error.matches("[a-z_]{1,60}") ? error : "no_code");
        }
        try {
            return enter(
                    provider.identity(code, new Secrets(state, journey.nonce(), journey.verifier())), journey, request);
        } catch (Failure e) {
            LOG.log(Level.WARNING, "A sign-in by OpenID Connect failed: {0}", e.getMessage());
            return ownAddress.redirect(journey.error(), "error", "oauth_provider_failed");
        }
    }

    // Only the browser that began may end it, or somebody could sign another browser in as themselves.
    private @Nullable Journey resumed(RoutingContext request, String providerId, @Nullable String state) {
        if (state != null
                && cookie.matches(request, state)
                && provider.offered(providerId)
                && verifications.holds(Purpose.OAUTH, state)) {
            return verifications
                    .take(Purpose.OAUTH, state)
                    .map(proof -> journey(proof.content()))
                    .orElse(null);
        }
        // Who did begin was counted then: a sign-in is one attempt, and does not fail half way for being two.
        entrance.count(request);
        return null;
    }

    private Response enter(Identity identity, Journey journey, RoutingContext request) {
        LinkedAccounts.Found found = accounts.find(identity, entrance.address(request));
        User user = found.user();
        String refusal = user == null ? found.refusal() : entrance.enter(request, user);
        if (refusal != null) {
            entrance.failed(request, identity.email() == null ? identity.subject() : identity.email());
            return ownAddress.redirect(journey.error(), "error", refusal);
        }
        return ownAddress.redirect(found.isNew() ? journey.newUser() : journey.callback());
    }

    private static String text(Journey journey) {
        try {
            return Json.MAPPER.writeValueAsString(journey);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts can be written", e);
        }
    }

    private static Journey journey(String text) {
        try {
            return Json.MAPPER.readValue(text, Journey.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored journey can't be read", e);
        }
    }
}
