package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sesame.auth.Views.TokenAndUser;
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

/// `POST /api/auth/sign-up/email`. The first account is the admin's; after that an admin decides who can sign up.
@Path("/api/auth/sign-up/email")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignUpResource {
    static final int LONGEST_NAME = 200;

    private final Users users;
    private final Passwords passwords;
    private final SetupToken setupToken;
    private final AuthAttempts attempts;
    private final Browsers browsers;
    private final EmailProofs proofs;

    SignUpResource(
            Users users,
            Passwords passwords,
            SetupToken setupToken,
            AuthAttempts attempts,
            Browsers browsers,
            EmailProofs proofs) {
        this.users = users;
        this.passwords = passwords;
        this.setupToken = setupToken;
        this.attempts = attempts;
        this.browsers = browsers;
        this.proofs = proofs;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SignUp(
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable Boolean rememberMe,
            @Nullable String setupToken) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public TokenAndUser signUp(SignUp body, @Context RoutingContext request) {
        attempts.count(request);
        String name = Input.text("name", body.name(), 1, LONGEST_NAME);
        String email = Email.normal(Input.required("email", body.email()));
        String password = Input.required("password", body.password());
        Passwords.check(password);
        setupToken.check(body.setupToken());
        // Before the hash is made, so that closed doors cost nothing; decided again where the account is stored.
        if (!users.registrationOpen()) {
            throw AuthError.REGISTRATION_CLOSED.refusal();
        }
        User user = users.add(name, email, passwords.hash(password), attempts.address(request));
        if (users.mustConfirm(user)) {
            proofs.sendConfirmationIfPossible(email);
            return new TokenAndUser(null, UserView.of(user));
        }
        return new TokenAndUser(browsers.signIn(request, user, body.rememberMe()), UserView.of(user));
    }
}
