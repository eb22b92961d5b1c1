package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.ACCESS_KEY;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.db.Database;
import dev.sesame.db.FixedQuery;
import dev.sesame.db.Ids;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The `sk_` keys. Only their hashes are stored. Safe from any thread; blocks.
@Singleton
final class AccessKeys {
    static final String PREFIX = "sk_";
    private static final int LENGTH = 48;
    private static final int SHOWN = 6;
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final FixedQuery<Owned> BY_HASH = by(ACCESS_KEY.KEY_HASH);
    private static final FixedQuery<Owned> BY_ID = by(ACCESS_KEY.ID);

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    AccessKeys(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param key nowhere else to be had
    record Made(AccessKey accessKey, String key) {}

    record Owned(AccessKey accessKey, User owner) {}

    Made make(
            Caller owner,
            @Nullable String name,
            Set<Permission> permissions,
            @Nullable Duration life,
            @Nullable String metadata) {
        Instant now = clock.instant();
        String key = PREFIX + Secret.random(LENGTH);
        var accessKey = new AccessKey(
                Ids.next("key"),
                owner.userId(),
                name,
                key.substring(0, SHOWN),
                permissions,
                true,
                now,
                now,
                life == null ? null : now.plus(life),
                null,
                metadata);
        database.write(tx -> {
            audit.add(tx, owner.actor(), AuditAction.KEY_CREATE, accessKey.id(), details(accessKey));
            return insert(tx, accessKey, Secret.hash(key));
        });
        return new Made(accessKey, key);
    }

    private static int insert(DSLContext tx, AccessKey key, String hash) {
        return tx.insertInto(ACCESS_KEY)
                .set(ACCESS_KEY.ID, key.id())
                .set(ACCESS_KEY.USER_ID, key.userId())
                .set(ACCESS_KEY.NAME, key.name())
                .set(ACCESS_KEY.START, key.start())
                .set(ACCESS_KEY.KEY_HASH, hash)
                .set(ACCESS_KEY.PERMISSIONS, PermissionTable.text(key.permissions()))
                .set(ACCESS_KEY.ENABLED, key.enabled())
                .set(ACCESS_KEY.CREATED_AT, key.createdAt().toEpochMilli())
                .set(ACCESS_KEY.UPDATED_AT, key.updatedAt().toEpochMilli())
                .set(ACCESS_KEY.EXPIRES_AT, millis(key.expiresAt()))
                .set(ACCESS_KEY.METADATA, key.metadata())
                .execute();
    }

    /// The key, whether it holds or not.
    Optional<Owned> find(String key) {
        return database.read(tx -> BY_HASH.fetchOptional(tx, Secret.hash(key)));
    }

    Optional<Owned> byId(String keyId) {
        return database.read(tx -> BY_ID.fetchOptional(tx, keyId));
    }

    private static FixedQuery<Owned> by(TableField<?, String> field) {
        return new FixedQuery<>(
                DSL.select()
                        .from(ACCESS_KEY)
                        .join(USERS)
                        .on(USERS.ID.eq(ACCESS_KEY.USER_ID))
                        .where(field.eq("")),
                row -> new Owned(accessKey(row), Users.user(row)));
    }

    /// Newest first.
    List<AccessKey> of(String userId) {
        return database.read(tx -> tx.selectFrom(ACCESS_KEY)
                .where(ACCESS_KEY.USER_ID.eq(userId))
                .orderBy(ACCESS_KEY.CREATED_AT.desc(), ACCESS_KEY.ID)
                .fetch(row -> accessKey(row::get)));
    }

    AccessKey get(String userId, String keyId) {
        return byId(keyId)
                .map(Owned::accessKey)
                .filter(key -> key.userId().equals(userId))
                .orElseThrow(AuthError.KEY_NOT_FOUND::refusal);
    }

    AccessKey change(Caller owner, String keyId, UnaryOperator<AccessKey> change) {
        return database.write(tx -> {
            AccessKey before = BY_ID.fetchOptional(tx, keyId)
                    .map(Owned::accessKey)
                    .filter(key -> key.userId().equals(owner.userId()))
                    .orElseThrow(AuthError.KEY_NOT_FOUND::refusal);
            AccessKey after = change.apply(before);
            tx.update(ACCESS_KEY)
                    .set(ACCESS_KEY.NAME, after.name())
                    .set(ACCESS_KEY.PERMISSIONS, PermissionTable.text(after.permissions()))
                    .set(ACCESS_KEY.ENABLED, after.enabled())
                    .set(ACCESS_KEY.UPDATED_AT, after.updatedAt().toEpochMilli())
                    .set(ACCESS_KEY.EXPIRES_AT, millis(after.expiresAt()))
                    .set(ACCESS_KEY.METADATA, after.metadata())
                    .where(ACCESS_KEY.ID.eq(keyId))
                    .execute();
            audit.add(tx, owner.actor(), AuditAction.KEY_UPDATE, keyId, details(after));
            return after;
        });
    }

    void delete(Caller owner, String keyId) {
        database.write(tx -> {
            int deleted = tx.deleteFrom(ACCESS_KEY)
                    .where(ACCESS_KEY.ID.eq(keyId).and(ACCESS_KEY.USER_ID.eq(owner.userId())))
                    .execute();
            if (deleted == 0) {
                throw AuthError.KEY_NOT_FOUND.refusal();
            }
            audit.add(tx, owner.actor(), AuditAction.KEY_DELETE, keyId, Map.of());
            return deleted;
        });
    }

    private static Map<String, Object> details(AccessKey key) {
        return Map.of(
                "name", key.name() == null ? "" : key.name(),
                "enabled", key.enabled(),
                "permissions", PermissionTable.table(key.permissions()));
    }

    /// Remembers when the key was last used, to the minute, without making the request wait for it.
    void noteUse(AccessKey key) {
        Instant now = clock.instant();
        Instant before = key.lastRequestAt();
        if (before == null || before.plus(USE_NOTED_EVERY).isBefore(now)) {
            var _ = database.writeAsync(tx -> tx.update(ACCESS_KEY)
                    .set(ACCESS_KEY.LAST_REQUEST_AT, now.toEpochMilli())
                    .where(ACCESS_KEY.ID.eq(key.id()))
                    .execute());
        }
    }

    private static AccessKey accessKey(FixedQuery.Row row) {
        return new AccessKey(
                row.get(ACCESS_KEY.ID),
                row.get(ACCESS_KEY.USER_ID),
                row.get(ACCESS_KEY.NAME),
                row.get(ACCESS_KEY.START),
                PermissionTable.read(row.get(ACCESS_KEY.PERMISSIONS)),
                row.get(ACCESS_KEY.ENABLED),
                Instant.ofEpochMilli(row.get(ACCESS_KEY.CREATED_AT)),
                Instant.ofEpochMilli(row.get(ACCESS_KEY.UPDATED_AT)),
                instant(row.get(ACCESS_KEY.EXPIRES_AT)),
                instant(row.get(ACCESS_KEY.LAST_REQUEST_AT)),
                row.get(ACCESS_KEY.METADATA));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
