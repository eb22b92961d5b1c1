package dev.sesame.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.admin.SettingViews.Schema;
import dev.sesame.admin.SettingViews.Values;
import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Caller;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
import dev.sesame.setting.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/api/settings`: the values in force, for everyone what concerns everyone; admins change them.
@Path("/api/settings")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SettingResource {
    private final Authenticator authenticator;
    private final Settings settings;
    private final SettingChanges changes;

    SettingResource(Authenticator authenticator, Settings settings, SettingChanges changes) {
        this.authenticator = authenticator;
        this.settings = settings;
        this.changes = changes;
    }

    @GET
    public Values get(@Context RoutingContext request) {
        return SettingViews.values(settings, authenticator.require(request, Permission.SETTINGS_READ));
    }

    /// What can be set and how, for pages that let people do so.
    @GET
    @Path("schema")
    public Schema schema(@Context RoutingContext request) {
        return SettingViews.schema(settings, authenticator.require(request, Permission.SETTINGS_READ));
    }

    /// All or nothing; answers like GET.
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public Values change(@Context RoutingContext request, @Nullable Map<String, @Nullable JsonNode> body) {
        Caller caller = authenticator.require(request, Permission.ADMIN_WRITE);
        changes.apply(caller, Input.required("The body", body));
        return SettingViews.values(settings, caller);
    }
}
