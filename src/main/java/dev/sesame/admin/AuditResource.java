package dev.sesame.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditEntry;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Authenticator;
import dev.sesame.auth.Permission;
import dev.sesame.http.Input;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /api/admin/audit`: who did what, newest first.
@Path("/api/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditResource {
    private static final int LONGEST = 64;

    private final Authenticator authenticator;
    private final AuditLog audit;

    AuditResource(Authenticator authenticator, AuditLog audit) {
        this.authenticator = authenticator;
        this.audit = audit;
    }

    /// @param actor a user's id, `anonymous` or `console`
    /// @param details an object, by the action
    record EntryView(
            String id, Instant timestamp, String actor, String action, String target, String ip, JsonNode details) {

        static EntryView of(AuditEntry entry) {
            return new EntryView(
                    "audit_" + entry.n(),
                    Instant.ofEpochMilli(entry.timestamp()),
                    entry.actor(),
                    entry.action(),
                    entry.target(),
                    entry.ip(),
                    json(entry.details()));
        }

        // What was changed in the database may be no JSON any more.
        private static JsonNode json(String details) {
            try {
                return Json.MAPPER.readTree(details);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(details);
            }
        }
    }

    record EntryList(List<EntryView> entries, long total) {}

    @GET
    public EntryList list(
            @Context RoutingContext request,
            @QueryParam("action") @Nullable String action,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("offset") @Nullable String offset) {
        authenticator.require(request, Permission.ADMIN_READ);
        AuditLog.Page page = audit.list(
                action == null ? null : action(action),
                actor == null ? null : Input.parameter("actor", actor, LONGEST),
                Input.limit(limit),
                Input.offset(offset));
        return new EntryList(page.entries().stream().map(EntryView::of).toList(), page.total());
    }

    private static AuditAction action(String wire) {
        return AuditAction.parse(wire)
                .orElseThrow(() -> Problem.BAD_REQUEST.because("action: there is no action " + Input.shown(wire)));
    }
}
