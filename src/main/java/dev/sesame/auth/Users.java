package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.FACT;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.Actor;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.db.Database;
import dev.sesame.db.FixedQuery;
import dev.sesame.db.Ids;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The accounts. Safe from any thread; blocks.
@Singleton
public final class Users {
    private static final String FIRST_ADMIN = "first_admin";

    private final Database database;
    private final Settings settings;
    private final AuditLog audit;
    private final Clock clock;

    Users(Database database, Settings settings, AuditLog audit, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param hash null for an account without a password
    record Credentials(User user, @Nullable String hash) {}

    public Optional<User> find(String userId) {
        return database.read(
                tx -> tx.selectFrom(USERS).where(USERS.ID.eq(userId)).fetchOptional(row -> user(row::get)));
    }

    Optional<Credentials> byEmail(String email) {
        return credentials(USERS.EMAIL.eq(email));
    }

    private Optional<Credentials> credentials(Condition which) {
        return database.read(tx -> tx.selectFrom(USERS)
                .where(which)
                .fetchOptional(row -> new Credentials(user(row::get), row.get(USERS.PASSWORD_HASH))));
    }

    Optional<Credentials> byId(String userId) {
        return credentials(USERS.ID.eq(userId));
    }

    boolean none() {
        return database.read(tx -> !tx.fetchExists(USERS));
    }

    /// Whether somebody can sign up now; the first always can.
    boolean registrationOpen() {
        return settings.get(SettingKeys.REGISTRATION_ALLOW_NEW_USERS) || none();
    }

    /// Whether the user must first confirm the e-mail address.
    boolean mustConfirm(User user) {
        // Admins get in, or nobody could mend the mail that does not arrive.
        return !user.emailVerified()
                && !user.admin()
                && settings.get(SettingKeys.REGISTRATION_REQUIRE_EMAIL_VERIFICATION);
    }

    /// Gives the caller another name.
    void rename(Caller caller, String name) {
        database.write(tx -> {
            audit.add(tx, caller.actor(), AuditAction.USER_UPDATE, caller.userId(), Map.of("name", name));
            return tx.update(USERS)
                    .set(USERS.NAME, name)
                    .set(USERS.UPDATED_AT, clock.millis())
                    .where(USERS.ID.eq(caller.userId()))
                    .execute();
        });
    }

    /// Adds an account. The first one ever is the admin's, whoever else tries at the same moment.
    User add(String name, String email, String passwordHash, String ip) {
        return add(name, email, false, passwordHash, ip);
    }

    /// As [#add], for who signs in at a provider.
    User addWithoutPassword(String name, String email, boolean emailVerified, String ip) {
        return add(name, email, emailVerified, null, ip);
    }

    private User add(String name, String email, boolean verified, @Nullable String passwordHash, String ip) {
        return database.write(tx -> {
            Instant now = clock.instant();
            String id = Ids.next("user");
            boolean first = !tx.fetchExists(USERS) && claimFirst(tx, id);
            if (!first && !settings.get(SettingKeys.REGISTRATION_ALLOW_NEW_USERS)) {
                throw AuthError.REGISTRATION_CLOSED.refusal();
            }
            var user = new User(id, name, email, verified, first, now, now);
            if (!insert(tx, user, passwordHash)) {
                throw AuthError.USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL.refusal();
            }
            audit.add(
                    tx,
                    new Actor(id, null, ip),
                    AuditAction.USER_SIGN_UP,
                    id,
                    Map.of("email", email, "role", user.role()));
            return user;
        });
    }

    // Two nodes may both see no user, but only one can store the fact.
    private static boolean claimFirst(DSLContext tx, String userId) {
        return tx.insertInto(FACT)
                        .set(FACT.NAME, FIRST_ADMIN)
                        .set(FACT.CONTENT, userId)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    private static boolean insert(DSLContext tx, User user, @Nullable String passwordHash) {
        return tx.insertInto(USERS)
                        .set(USERS.ID, user.id())
                        .set(USERS.NAME, user.name())
                        .set(USERS.EMAIL, user.email())
                        .set(USERS.EMAIL_VERIFIED, user.emailVerified())
                        .set(USERS.PASSWORD_HASH, passwordHash)
                        .set(USERS.ROLE, user.role())
                        .set(USERS.CREATED_AT, user.createdAt().toEpochMilli())
                        .set(USERS.UPDATED_AT, user.updatedAt().toEpochMilli())
                        .set(USERS.CHANGE_SEQ, 0L)
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /// Replaces a password hash by another.
    ///
    /// @return false if it is not `before` any more
    boolean changePassword(Caller caller, String before, String after) {
        return database.write(tx -> {
            boolean changed = tx.update(USERS)
                            .set(USERS.PASSWORD_HASH, after)
                            .set(USERS.UPDATED_AT, clock.millis())
                            .where(USERS.ID.eq(caller.userId()).and(USERS.PASSWORD_HASH.eq(before)))
                            .execute()
                    == 1;
            if (changed) {
                audit.add(tx, caller.actor(), AuditAction.USER_PASSWORD, caller.userId(), Map.of());
            }
            return changed;
        });
    }

    static User user(FixedQuery.Row row) {
        return new User(
                row.get(USERS.ID),
                row.get(USERS.NAME),
                row.get(USERS.EMAIL),
                row.get(USERS.EMAIL_VERIFIED),
                row.get(USERS.ROLE).equals("admin"),
                Instant.ofEpochMilli(row.get(USERS.CREATED_AT)),
                Instant.ofEpochMilli(row.get(USERS.UPDATED_AT)));
    }
}
