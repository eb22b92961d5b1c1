package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.LINKED_ACCOUNT;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.Actor;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.OidcProvider.Identity;
import dev.sesame.db.Database;
import dev.sesame.http.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Which user here somebody is who signed in at a provider. Safe from any thread; blocks.
@Singleton
final class LinkedAccounts {
    private static final String NAMELESS = "New user";

    private final Database database;
    private final Users users;
    private final SetupToken setupToken;
    private final AuditLog audit;
    private final Clock clock;

    LinkedAccounts(Database database, Users users, SetupToken setupToken, AuditLog audit, Clock clock) {
        this.database = database;
        this.users = users;
        this.setupToken = setupToken;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param refusal a code for the page that the browser is sent to; null if there is a user
    record Found(
            @Nullable User user, boolean isNew, @Nullable String refusal) {
        static Found refused(String code) {
            return new Found(null, false, code);
        }
    }

    /// The user who is linked already; or who has the same address, if both the provider and we know that it is theirs;
    /// or a new one, if people can sign up.
    Found find(Identity identity, String ip) {
        User linked = database.read(tx -> linked(tx, identity)).orElse(null);
        if (linked != null) {
            return new Found(linked, false, null);
        }
        String email = address(identity.email());
        if (email == null) {
            return Found.refused("email_not_found");
        }
        User same = users.byEmail(email).map(Users.Credentials::user).orElse(null);
        if (same != null) {
            // An address that somebody only claims, here or there, must not open the other's account.
            return identity.emailVerified() && same.emailVerified()
                    ? new Found(link(identity, same, ip), false, null)
                    : Found.refused("account_not_linked");
        }
        return setupToken.needed() ? Found.refused("setup_token_required") : signUp(identity, email, ip);
    }

    private Found signUp(Identity identity, String email, String ip) {
        String name = identity.name() == null || identity.name().isBlank() ? NAMELESS : identity.name();
        try {
            User user = users.addWithoutPassword(
                    name.substring(0, name.offsetByCodePoints(0, Math.min(200, name.codePointCount(0, name.length())))),
                    email,
                    identity.emailVerified(),
                    ip);
            return new Found(link(identity, user, ip), true, null);
        } catch (ProblemException e) {
            return Found.refused("signup_disabled");
        }
    }

    private User link(Identity identity, User user, String ip) {
        return database.write(tx -> {
            int added = tx.insertInto(LINKED_ACCOUNT)
                    .set(LINKED_ACCOUNT.PROVIDER, identity.provider())
                    .set(LINKED_ACCOUNT.SUBJECT, identity.subject())
                    .set(LINKED_ACCOUNT.USER_ID, user.id())
                    .set(LINKED_ACCOUNT.CREATED_AT, clock.millis())
                    .onConflictDoNothing()
                    .execute();
            if (added > 0) {
                audit.add(
                        tx,
                        new Actor(user.id(), null, ip),
                        AuditAction.USER_LINKED,
                        user.id(),
                        Map.of("provider", identity.provider()));
            }
            return linked(tx, identity).orElse(user);
        });
    }

    private static Optional<User> linked(DSLContext tx, Identity identity) {
        return tx.select()
                .from(LINKED_ACCOUNT)
                .join(USERS)
                .on(USERS.ID.eq(LINKED_ACCOUNT.USER_ID))
                .where(LINKED_ACCOUNT.PROVIDER.eq(identity.provider()))
                .and(LINKED_ACCOUNT.SUBJECT.eq(identity.subject()))
                .fetchOptional(row -> Users.user(row::get));
    }

    private static @Nullable String address(@Nullable String email) {
        try {
            return email == null ? null : Email.normal(email);
        } catch (ProblemException e) {
            return null;
        }
    }
}
