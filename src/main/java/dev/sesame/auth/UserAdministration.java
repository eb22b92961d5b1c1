package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.ACCESS_KEY;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.db.Database;
import dev.sesame.http.Problem;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What admins do with accounts. There is always an admin: the last one can neither be made a user nor deleted. Safe
/// from any thread; blocks.
@Singleton
public final class UserAdministration {
    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    UserAdministration(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public record Page(List<User> users, long total) {}

    /// Oldest first.
    ///
    /// @param search a part of names or addresses, in whatever case; null for all
    public Page list(@Nullable String search, int limit, int offset) {
        Condition which = search == null ? DSL.noCondition() : matches(search.toLowerCase(Locale.ROOT));
        return database.read(tx -> new Page(
                tx.selectFrom(USERS)
                        .where(which)
                        .orderBy(USERS.CREATED_AT, USERS.ID)
                        .limit(limit)
                        .offset(offset)
                        .fetch(row -> Users.user(row::get)),
                tx.fetchCount(DSL.selectOne().from(USERS).where(which))));
    }

    private static Condition matches(String part) {
        return DSL.lower(USERS.NAME).contains(part).or(USERS.EMAIL.contains(part));
    }

    /// Makes a user an admin, or an admin a user.
    public User changeRole(Caller caller, String userId, boolean admin) {
        return database.write(tx -> {
            Set<String> admins = lockedAdmins(tx);
            User user = user(tx, userId);
            if (user.admin() == admin) {
                return user;
            }
            if (!admin) {
                keepOne(admins, userId, "made a user");
            }
            tx.update(USERS)
                    .set(USERS.ROLE, admin ? "admin" : "user")
                    .set(USERS.UPDATED_AT, clock.millis())
                    .where(USERS.ID.eq(userId))
                    .execute();
            User changed = user(tx, userId);
            audit.add(
                    tx,
                    caller.actor(),
                    AuditAction.USER_ROLE,
                    userId,
                    Map.of("from", user.role(), "to", changed.role()));
            return changed;
        });
    }

    /// Before a deletion: refuses one that must not be, and ends all that the user is signed in with, so that nothing
    /// new begins.
    public void lockOut(Caller caller, String userId) {
        database.write(tx -> {
            checkDeletable(tx, caller, userId);
            LoginSessions.endAll(tx, userId);
            return tx.deleteFrom(ACCESS_KEY)
                    .where(ACCESS_KEY.USER_ID.eq(userId))
                    .execute();
        });
    }

    /// Deletes the account, with all that hangs on it.
    ///
    /// @param tx of the caller, who has deleted what does not go by itself
    public void delete(DSLContext tx, Caller caller, String userId) {
        User user = checkDeletable(tx, caller, userId);
        tx.deleteFrom(USERS).where(USERS.ID.eq(userId)).execute();
        audit.add(tx, caller.actor(), AuditAction.USER_DELETE, userId, Map.of("email", user.email()));
    }

    private static User checkDeletable(DSLContext tx, Caller caller, String userId) {
        Set<String> admins = lockedAdmins(tx);
        User user = user(tx, userId);
        if (userId.equals(caller.userId())) {
            throw Problem.CONFLICT.because("Nobody can delete their own account here");
        }
        keepOne(admins, userId, "deleted");
        return user;
    }

    private static void keepOne(Set<String> admins, String userId, String done) {
        if (admins.equals(Set.of(userId))) {
            throw Problem.CONFLICT.because("The last admin can't be " + done);
        }
    }

    private static User user(DSLContext tx, String userId) {
        return tx.selectFrom(USERS)
                .where(USERS.ID.eq(userId))
                .fetchOptional(row -> Users.user(row::get))
                .orElseThrow(() -> Problem.NOT_FOUND.because("User not found"));
    }

    // An update that changes nothing holds the rows on PostgreSQL, so that two admins can't each remove the other.
    private static Set<String> lockedAdmins(DSLContext tx) {
        return Set.copyOf(tx.update(USERS)
                .set(USERS.ROLE, USERS.ROLE)
                .where(USERS.ROLE.eq("admin"))
                .returningResult(USERS.ID)
                .fetch(USERS.ID));
    }
}
