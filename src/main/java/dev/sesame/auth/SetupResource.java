package dev.sesame.auth;

import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// `GET /api/setup/status`: what a sign-up page must know, for everyone.
@Path("/api/setup/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SetupResource {
    private final Users users;
    private final SetupToken setupToken;
    private final Mailer mailer;
    private final Settings settings;

    SetupResource(Users users, SetupToken setupToken, Mailer mailer, Settings settings) {
        this.users = users;
        this.setupToken = setupToken;
        this.mailer = mailer;
        this.settings = settings;
    }

    /// @param setupTokenRequired whether the first account needs the token from the console
    /// @param registrationOpen whether anybody can sign up now
    /// @param passwordReset whether a forgotten password can be replaced by mail
    /// @param providers of sign-ins, beside e-mail and password
    public record Status(
            boolean setupComplete,
            boolean hasAdmin,
            boolean setupTokenRequired,
            boolean registrationOpen,
            boolean passwordReset,
            List<Provider> providers) {}

    /// @param id for `sign-in/oauth2`
    public record Provider(String id, String name) {}

    @GET
    public Status status() {
        boolean hasAdmin = !users.none();
        return new Status(
                hasAdmin, hasAdmin, setupToken.needed(), users.registrationOpen(), mailer.available(), providers());
    }

    private List<Provider> providers() {
        return settings.get(SettingKeys.OIDC_ENABLED)
                ? List.of(new Provider(
                        settings.get(SettingKeys.OIDC_PROVIDER_ID), settings.get(SettingKeys.OIDC_PROVIDER_NAME)))
                : List.of();
    }
}
