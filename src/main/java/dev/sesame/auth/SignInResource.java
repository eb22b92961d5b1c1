package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.auth.Views.SignedIn;
import dev.sesame.auth.Views.Success;
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

/// `POST /api/auth/sign-in/email` and `sign-out`.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignInResource {
    private final Users users;
    private final Passwords passwords;
    private final AuthAttempts attempts;
    private final Browsers browsers;
    private final OwnAddress ownAddress;

    SignInResource(Users users, Passwords passwords, AuthAttempts attempts, Browsers browsers, OwnAddress ownAddress) {
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.browsers = browsers;
        this.ownAddress = ownAddress;
    }

    /// @param callbackURL where the client goes next; the answer only repeats it
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SignIn(
            @Nullable String email,
            @Nullable String password,
            @Nullable Boolean rememberMe,
            @Nullable String callbackURL) {}

    /// Never tells which half was wrong, in words or in time.
    @POST
    @Path("sign-in/email")
    @Consumes(MediaType.APPLICATION_JSON)
    public SignedIn signIn(SignIn body, @Context RoutingContext request) {
        attempts.count(request);
        String email = Email.normal(Input.required("email", body.email()));
        String password = Input.required("password", body.password());
        String next = body.callbackURL();
        if (next != null && !ownAddress.leads(next)) {
            throw AuthError.INVALID_CALLBACKURL.refusal();
        }
        Users.Credentials found = users.byEmail(email).orElse(null);
        if (!passwords.matches(password, found == null ? null : found.hash()) || found == null) {
            attempts.failed(request, found == null ? email : found.user().id());
            throw AuthError.INVALID_EMAIL_OR_PASSWORD.refusal();
        }
        User user = found.user();
        if (users.mustConfirm(user)) {
            throw AuthError.EMAIL_NOT_VERIFIED.refusal();
        }
        return new SignedIn(next != null, browsers.signIn(request, user, body.rememberMe()), next, UserView.of(user));
    }

    /// Succeeds for who is signed out already.
    @POST
    @Path("sign-out")
    public Success signOut(@Context RoutingContext request) {
        if (RequestAuthenticator.key(request) != null) {
            throw AuthError.KEY_NOT_ALLOWED.refusal();
        }
        browsers.signOut(request);
        return new Success(true);
    }
}
