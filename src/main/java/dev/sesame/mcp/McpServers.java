package dev.sesame.mcp;

import static dev.sesame.db.generated.Tables.MCP_SERVER;

import dev.sesame.agent.McpServer;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.credential.Vault;
import dev.sesame.db.Database;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// The MCP servers of users. Safe from any thread; blocks.
public final class McpServers {
    private static final int MOST = 50;

    private final Database database;
    private final Vault vault;
    private final AuditLog audit;
    private final Clock clock;

    public McpServers(Database database, Vault vault, AuditLog audit, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.audit = audit;
        this.clock = clock;
    }

    List<Listed> list(String userId) {
        return database.read(tx -> tx.selectFrom(MCP_SERVER)
                .where(MCP_SERVER.USER_ID.eq(userId))
                .orderBy(MCP_SERVER.NAME)
                .fetch(row -> new Listed(
                        row.get(MCP_SERVER.NAME),
                        definition(row),
                        row.get(MCP_SERVER.ENABLED),
                        Instant.ofEpochMilli(row.get(MCP_SERVER.CREATED_AT)))));
    }

    Listed add(Caller owner, McpServer server, boolean enabled) {
        Definition definition = Definition.of(server);
        Instant now = clock.instant();
        database.write(tx -> {
            refuseTooManyOrTwice(tx, owner.userId(), server.name());
            tx.insertInto(MCP_SERVER)
                    .set(MCP_SERVER.USER_ID, owner.userId())
                    .set(MCP_SERVER.NAME, server.name())
                    .set(
                            MCP_SERVER.DEFINITION,
                            Json.MAPPER.valueToTree(definition).toString())
                    .set(MCP_SERVER.ENABLED, enabled)
                    .set(MCP_SERVER.CREATED_AT, now.toEpochMilli())
                    .execute();
            vault.put(tx, owner.userId(), purpose(server.name()), Values.write(Values.of(server)));
            audit.add(tx, owner.actor(), AuditAction.CREDENTIAL_SET, purpose(server.name()), Map.of());
            return server;
        });
        return new Listed(server.name(), definition, enabled, now);
    }

    private static void refuseTooManyOrTwice(DSLContext tx, String userId, String name) {
        List<String> names = tx.select(MCP_SERVER.NAME)
                .from(MCP_SERVER)
                .where(MCP_SERVER.USER_ID.eq(userId))
                .fetch(MCP_SERVER.NAME);
        if (names.contains(name)) {
            throw Problem.CONFLICT.because("name: you have an MCP server " + name + " already; delete it first");
        }
        if (names.size() >= MOST) {
            throw Problem.UNPROCESSABLE_ENTITY.because("There can't be more than " + MOST + " MCP servers");
        }
    }

    /// Nothing to remove is no change.
    void remove(Caller owner, String name) {
        database.write(tx -> {
            int removed =
                    tx.deleteFrom(MCP_SERVER).where(is(owner.userId(), name)).execute();
            if (removed > 0) {
                vault.remove(tx, owner.userId(), purpose(name));
                audit.add(tx, owner.actor(), AuditAction.CREDENTIAL_DELETE, purpose(name), Map.of());
            }
            return name;
        });
    }

    /// The names of those that a user's task uses: the ones asked for, or all that are enabled.
    ///
    /// @throws dev.sesame.http.ProblemException 422 if one asked for is not there
    public List<String> chosen(String userId, @Nullable List<String> asked) {
        List<Listed> all = list(userId);
        if (asked == null) {
            return all.stream().filter(Listed::enabled).map(Listed::name).toList();
        }
        List<String> known = all.stream().map(Listed::name).toList();
        for (String name : asked) {
            if (!known.contains(name)) {
                throw Problem.UNPROCESSABLE_ENTITY.because(
                        "mcpServers: you have no MCP server " + name + "; add it under Settings › MCP servers");
            }
        }
        return asked.stream().distinct().toList();
    }

    /// As it is now, with its secrets; empty if it was deleted.
    public Optional<McpServer> find(String userId, String name) {
        return database.read(tx -> tx.selectFrom(MCP_SERVER)
                .where(is(userId, name))
                .fetchOptional(row -> definition(row)
                        .with(
                                name,
                                vault.find(tx, userId, purpose(name))
                                        .map(Values::read)
                                        .orElse(Map.of()))));
    }

    private static Condition is(String userId, String name) {
        return MCP_SERVER.USER_ID.eq(userId).and(MCP_SERVER.NAME.eq(name));
    }

    private static String purpose(String name) {
        return Vault.MCP_SERVER + name;
    }

    private static Definition definition(Record row) {
        return Definition.read(row.get(MCP_SERVER.DEFINITION));
    }
}
