package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.Actor;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.db.Database;
import dev.sesame.http.ProblemException;
import java.time.Clock;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A new password for who lost theirs. All sessions of the account end with it. Blocks.
public final class Recovery {

    private Recovery() {}

    /// From the server's own console.
    ///
    /// @return what keeps it from being done, in a sentence; null if it is done
    public static @Nullable String atTheConsole(
            Database database, AuditLog audit, Clock clock, String email, String password) {
        try {
            Passwords.check(password);
            String normal = Email.normal(email);
            String hash = Passwords.hashNow(password);
            return database.write(tx -> {
                String userId = tx.select(USERS.ID)
                        .from(USERS)
                        .where(USERS.EMAIL.eq(normal))
                        .fetchOptional(USERS.ID)
                        .orElse(null);
                if (userId == null) {
                    return "There is no account with the address " + normal;
                }
                replace(tx, clock, userId, hash);
                audit.add(tx, Actor.console(), AuditAction.USER_PASSWORD_RESET, userId, Map.of());
                return null;
            });
        } catch (ProblemException e) {
            return e.detail();
        }
    }

    static void replace(DSLContext tx, Clock clock, String userId, String hash) {
        tx.update(USERS)
                .set(USERS.PASSWORD_HASH, hash)
                .set(USERS.UPDATED_AT, clock.millis())
                .where(USERS.ID.eq(userId))
                .execute();
        LoginSessions.endAll(tx, userId);
    }
}
