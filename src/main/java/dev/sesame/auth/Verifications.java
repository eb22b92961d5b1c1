package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.VERIFICATION;

import dev.sesame.db.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Tokens that were sent somewhere and prove, once and for a while, that they arrived. Only hashes are stored. Safe
/// from any thread; blocks.
@Singleton
final class Verifications {
    private static final int LENGTH = 32;

    private final Database database;
    private final Clock clock;

    Verifications(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    enum Purpose {
        PASSWORD_RESET,
        EMAIL,
        OAUTH
    }

    /// @param userId null where no user is known yet
    /// @param content what the purpose needs to go on
    record Proof(@Nullable String userId, String content) {}

    /// @return the token, nowhere else to be had
    String begin(Purpose purpose, @Nullable String userId, String content, Duration life) {
        String token = Secret.random(LENGTH);
        long now = clock.millis();
        database.write(tx -> {
            tx.deleteFrom(VERIFICATION).where(VERIFICATION.EXPIRES_AT.le(now)).execute();
            return tx.insertInto(VERIFICATION)
                    .set(VERIFICATION.TOKEN_HASH, Secret.hash(token))
                    .set(VERIFICATION.PURPOSE, purpose.name())
                    .set(VERIFICATION.USER_ID, userId)
                    .set(VERIFICATION.CONTENT, content)
                    .set(VERIFICATION.EXPIRES_AT, now + life.toMillis())
                    .execute();
        });
        return token;
    }

    boolean holds(Purpose purpose, String token) {
        return database.read(tx -> tx.fetchExists(
                VERIFICATION,
                VERIFICATION.TOKEN_HASH.eq(Secret.hash(token)),
                VERIFICATION.PURPOSE.eq(purpose.name()),
                VERIFICATION.EXPIRES_AT.gt(clock.millis())));
    }

    /// Uses a token up; empty if it is unknown, used or too old.
    Optional<Proof> take(DSLContext tx, Purpose purpose, String token) {
        return tx.deleteFrom(VERIFICATION)
                .where(VERIFICATION.TOKEN_HASH.eq(Secret.hash(token)))
                .and(VERIFICATION.PURPOSE.eq(purpose.name()))
                .and(VERIFICATION.EXPIRES_AT.gt(clock.millis()))
                .returningResult(VERIFICATION.USER_ID, VERIFICATION.CONTENT)
                .fetchOptional(row -> new Proof(row.value1(), row.value2()));
    }

    Optional<Proof> take(Purpose purpose, String token) {
        return database.write(tx -> take(tx, purpose, token));
    }

    /// Makes all of a user's tokens for a purpose worthless.
    void drop(DSLContext tx, Purpose purpose, String userId) {
        tx.deleteFrom(VERIFICATION)
                .where(VERIFICATION.USER_ID.eq(userId).and(VERIFICATION.PURPOSE.eq(purpose.name())))
                .execute();
    }
}
