package dev.sesame.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.auth.Views.KeyView;
import dev.sesame.auth.Views.Success;
import dev.sesame.http.Input;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `/api/auth/api-key`: the caller's `sk_` keys, for signed-in browsers only.
@Path("/api/auth/api-key")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class KeyResource {
    private static final int LONGEST_ID = 64;

    private final SignedInOnly signedInOnly;
    private final AccessKeys keys;
    private final Settings settings;
    private final KeyRate rate;
    private final Clock clock;

    KeyResource(SignedInOnly signedInOnly, AccessKeys keys, Settings settings, KeyRate rate, Clock clock) {
        this.signedInOnly = signedInOnly;
        this.keys = keys;
        this.settings = settings;
        this.rate = rate;
        this.clock = clock;
    }

    /// @param expiresIn seconds
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record NewKey(
            @Nullable String name,
            @Nullable Long expiresIn,
            @Nullable JsonNode metadata,
            @Nullable Map<String, List<String>> permissions) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record KeyId(@Nullable String keyId) {}

    @POST
    @Path("create")
    @Consumes(MediaType.APPLICATION_JSON)
    public KeyView create(NewKey body, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        String name = body.name() == null ? null : KeyRules.name(body.name());
        Duration life = body.expiresIn() == null ? null : KeyRules.life(body.expiresIn());
        Set<Permission> permissions =
                body.permissions() == null ? PermissionTable.DEFAULT : KeyRules.permissions(body.permissions(), caller);
        AccessKeys.Made made = keys.make(
                caller, name, permissions, life, body.metadata() == null ? null : KeyRules.metadata(body.metadata()));
        return view(made.accessKey(), made.key());
    }

    @GET
    @Path("list")
    public List<KeyView> list(@Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        return keys.of(caller.userId()).stream().map(key -> view(key, null)).toList();
    }

    @GET
    @Path("get")
    public KeyView get(@QueryParam("id") @Nullable String id, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        return view(keys.get(caller.userId(), Input.parameter("id", id, LONGEST_ID)), null);
    }

    @POST
    @Path("update")
    @Consumes(MediaType.APPLICATION_JSON)
    public KeyView update(KeyChange body, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        return view(keys.change(caller, body.id(), key -> body.applied(key, caller, clock.instant())), null);
    }

    @POST
    @Path("delete")
    @Consumes(MediaType.APPLICATION_JSON)
    public Success delete(KeyId body, @Context RoutingContext request) {
        Caller.Session caller = signedInOnly.require(request);
        keys.delete(caller, Input.required("keyId", body.keyId()));
        return new Success(true);
    }

    private KeyView view(AccessKey accessKey, @Nullable String key) {
        return KeyView.of(
                accessKey, key, settings.get(SettingKeys.RATE_LIMIT_KEY_PER_MINUTE), rate.used(accessKey.id()));
    }
}
