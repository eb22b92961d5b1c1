package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.Actor;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Verifications.Proof;
import dev.sesame.auth.Verifications.Purpose;
import dev.sesame.db.Database;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a person who reads the mail of an account may do: give it a new password, or confirm its address. Safe from any
/// thread; blocks.
@Singleton
final class EmailProofs {
    private static final Duration LIFE = Duration.ofHours(1);

    private final Database database;
    private final Verifications verifications;
    private final Mailer mailer;
    private final OwnAddress ownAddress;
    private final AuditLog audit;
    private final Clock clock;

    EmailProofs(
            Database database,
            Verifications verifications,
            Mailer mailer,
            OwnAddress ownAddress,
            AuditLog audit,
            Clock clock) {
        this.database = database;
        this.verifications = verifications;
        this.mailer = mailer;
        this.ownAddress = ownAddress;
        this.audit = audit;
        this.clock = clock;
    }

    /// Sends a link to the account of that address, if there is one.
    ///
    /// @param page that asks for the new password
    void sendReset(String email, String page) {
        if (!mailer.available()) {
            throw AuthError.RESET_PASSWORD_DISABLED.refusal();
        }
        find(email).ifPresent(user -> {
            String token = verifications.begin(Purpose.PASSWORD_RESET, user.id(), "{}", LIFE);
            String link = ownAddress.of("/api/auth/reset-password/" + token + "?callbackURL=" + encoded(page));
            mailer.send(email, "Reset your Sesame password", """
                    Hello %s,

                    somebody, probably you, wants a new password for your account. To choose it, open this link within an hour:

                    %s

                    If it wasn't you, ignore this mail; your password stays as it is.
                    """.formatted(user.name(), link));
        });
    }

    boolean resets(String token) {
        return verifications.holds(Purpose.PASSWORD_RESET, token);
    }

    /// Sets the new password, ends all sessions and makes other links worthless.
    void reset(String token, String hash, Actor actor) {
        database.write(tx -> {
            Proof proof =
                    verifications.take(tx, Purpose.PASSWORD_RESET, token).orElseThrow(AuthError.INVALID_TOKEN::refusal);
            String userId = Objects.requireNonNull(proof.userId());
            Recovery.replace(tx, clock, userId, hash);
            verifications.drop(tx, Purpose.PASSWORD_RESET, userId);
            audit.add(tx, actor, AuditAction.USER_PASSWORD_RESET, userId, Map.of());
            return userId;
        });
    }

    /// Sends a link that confirms the address, if there is such an account and it is not confirmed yet.
    ///
    /// @param page where the link leads in the end
    void sendConfirmation(String email, String page) {
        if (!mailer.available()) {
            throw AuthError.VERIFICATION_EMAIL_NOT_ENABLED.refusal();
        }
        find(email).filter(user -> !user.emailVerified()).ifPresent(user -> {
            String token = verifications.begin(Purpose.EMAIL, user.id(), email, LIFE);
            String link = ownAddress.of("/api/auth/verify-email?token=" + token + "&callbackURL=" + encoded(page));
            mailer.send(email, "Confirm your e-mail address", """
                    Hello %s,

                    to confirm that this is your address, open this link within an hour:

                    %s
                    """.formatted(user.name(), link));
        });
    }

    /// As [#sendConfirmation], where mail can be sent at all.
    void sendConfirmationIfPossible(String email) {
        if (mailer.available()) {
            sendConfirmation(email, "/");
        }
    }

    /// Confirms the address that the token was sent to; empty for a token that is worth nothing.
    Optional<User> confirm(String token, String ip) {
        return database.write(tx -> verifications.take(tx, Purpose.EMAIL, token).flatMap(proof -> {
            String userId = Objects.requireNonNull(proof.userId());
            int confirmed = tx.update(USERS)
                    .set(USERS.EMAIL_VERIFIED, true)
                    .set(USERS.UPDATED_AT, clock.millis())
                    .where(USERS.ID.eq(userId).and(USERS.EMAIL.eq(proof.content())))
                    .execute();
            if (confirmed > 0) {
                audit.add(tx, new Actor(userId, null, ip), AuditAction.USER_EMAIL_VERIFIED, userId, Map.of());
            }
            return tx.selectFrom(USERS).where(USERS.ID.eq(userId)).fetchOptional(row -> Users.user(row::get));
        }));
    }

    private Optional<User> find(String email) {
        return database.read(
                tx -> tx.selectFrom(USERS).where(USERS.EMAIL.eq(email)).fetchOptional(row -> Users.user(row::get)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
