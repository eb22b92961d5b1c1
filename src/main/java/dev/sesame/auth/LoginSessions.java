package dev.sesame.auth;

import static dev.sesame.db.generated.Tables.LOGIN_SESSION;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.audit.Actor;
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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/// The browsers that are signed in. Only hashes of their tokens are stored. Safe from any thread; blocks.
@Singleton
final class LoginSessions {
    static final Duration LIFE = Duration.ofDays(7);
    private static final Duration LIFE_UNREMEMBERED = Duration.ofDays(1);
    private static final Duration RENEWED_AFTER = Duration.ofDays(1);
    private static final int TOKEN_LENGTH = 32;
    private static final int LONGEST_USER_AGENT = 512;

    private static final FixedQuery<SignedIn> BY_TOKEN = by(LOGIN_SESSION.TOKEN_HASH);
    private static final FixedQuery<SignedIn> BY_ID = by(LOGIN_SESSION.ID);

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    LoginSessions(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Where a browser signs in from, and for how long.
    ///
    /// @param remember whether it outlives the browser's window and is renewed
    record Browser(String ipAddress, String userAgent, boolean remember) {}

    /// @param token for the cookie, nowhere else to be had
    record Begun(LoginSession session, String token) {}

    record SignedIn(LoginSession session, User user) {}

    Begun begin(String userId, Browser browser) {
        return database.write(tx -> begin(tx, userId, browser));
    }

    Begun beginAlone(String userId, Browser browser) {
        return database.write(tx -> {
            endAll(tx, userId);
            return begin(tx, userId, browser);
        });
    }

    private Begun begin(DSLContext tx, String userId, Browser browser) {
        Instant now = clock.instant();
        tx.deleteFrom(LOGIN_SESSION)
                .where(LOGIN_SESSION.EXPIRES_AT.le(now.toEpochMilli()))
                .execute();
        String token = Secret.random(TOKEN_LENGTH);
        String agent = browser.userAgent();
        var session = new LoginSession(
                Ids.next("session"),
                userId,
                browser.ipAddress(),
                agent.substring(0, Math.min(agent.length(), LONGEST_USER_AGENT)),
                now,
                now,
                now.plus(browser.remember() ? LIFE : LIFE_UNREMEMBERED));
        tx.insertInto(LOGIN_SESSION)
                .set(LOGIN_SESSION.ID, session.id())
                .set(LOGIN_SESSION.TOKEN_HASH, Secret.hash(token))
                .set(LOGIN_SESSION.USER_ID, userId)
                .set(LOGIN_SESSION.IP_ADDRESS, session.ipAddress())
                .set(LOGIN_SESSION.USER_AGENT, session.userAgent())
                .set(LOGIN_SESSION.CREATED_AT, now.toEpochMilli())
                .set(LOGIN_SESSION.UPDATED_AT, now.toEpochMilli())
                .set(LOGIN_SESSION.EXPIRES_AT, session.expiresAt().toEpochMilli())
                .execute();
        audit.add(
                tx,
                new Actor(userId, null, browser.ipAddress()),
                AuditAction.USER_SIGN_IN,
                userId,
                Map.of("sessionId", session.id()));
        return new Begun(session, token);
    }

    /// The session of a cookie's token, if it holds.
    Optional<SignedIn> find(String token) {
        return database.read(tx -> BY_TOKEN.fetchOptional(tx, Secret.hash(token), clock.millis()));
    }

    Optional<SignedIn> byId(String sessionId) {
        return database.read(tx -> BY_ID.fetchOptional(tx, sessionId, clock.millis()));
    }

    private static FixedQuery<SignedIn> by(TableField<?, String> field) {
        return new FixedQuery<>(
                DSL.select()
                        .from(LOGIN_SESSION)
                        .join(USERS)
                        .on(USERS.ID.eq(LOGIN_SESSION.USER_ID))
                        .where(field.eq("").and(LOGIN_SESSION.EXPIRES_AT.gt(0L))),
                row -> new SignedIn(session(row), Users.user(row)));
    }

    /// A remembered session that is in use gets its full life again, at most once a day.
    ///
    /// @return the session with its new end; empty if it is not due, or was revoked meanwhile
    Optional<LoginSession> renew(LoginSession session) {
        Instant now = clock.instant();
        boolean remembered = session.expiresAt().equals(session.updatedAt().plus(LIFE));
        if (!remembered || now.isBefore(session.updatedAt().plus(RENEWED_AFTER))) {
            return Optional.empty();
        }
        return database.write(tx -> tx.update(LOGIN_SESSION)
                                .set(LOGIN_SESSION.UPDATED_AT, now.toEpochMilli())
                                .set(LOGIN_SESSION.EXPIRES_AT, now.plus(LIFE).toEpochMilli())
                                .where(LOGIN_SESSION.ID.eq(session.id()))
                                .execute()
                        == 1)
                ? byId(session.id()).map(SignedIn::session)
                : Optional.empty();
    }

    /// Newest first.
    List<LoginSession> of(String userId) {
        return database.read(tx -> tx.selectFrom(LOGIN_SESSION)
                .where(LOGIN_SESSION.USER_ID.eq(userId).and(LOGIN_SESSION.EXPIRES_AT.gt(clock.millis())))
                .orderBy(LOGIN_SESSION.CREATED_AT.desc(), LOGIN_SESSION.ID)
                .fetch(row -> session(row::get)));
    }

    void signOut(SignedIn it, String ip) {
        String userId = it.user().id();
        end(
                LOGIN_SESSION.ID.eq(it.session().id()),
                new Actor(userId, null, ip),
                AuditAction.USER_SIGN_OUT,
                userId,
                Map.of("sessionId", it.session().id()));
    }

    void end(Caller caller, String sessionId) {
        end(LOGIN_SESSION.ID.eq(sessionId), caller.actor(), AuditAction.SESSION_REVOKE, sessionId, Map.of());
    }

    void endOthers(Caller.Session caller) {
        end(
                LOGIN_SESSION.ID.ne(caller.sessionId()),
                caller.actor(),
                AuditAction.SESSION_REVOKE,
                caller.userId(),
                Map.of("sessions", "others"));
    }

    void endAll(Caller caller) {
        end(DSL.noCondition(), caller.actor(), AuditAction.SESSION_REVOKE, caller.userId(), Map.of("sessions", "all"));
    }

    private void end(Condition which, Actor actor, AuditAction action, String target, Map<String, ?> details) {
        database.write(tx -> {
            int ended = tx.deleteFrom(LOGIN_SESSION)
                    .where(LOGIN_SESSION.USER_ID.eq(actor.id()).and(which))
                    .execute();
            if (ended > 0) {
                audit.add(tx, actor, action, target, details);
            }
            return ended;
        });
    }

    static int endAll(DSLContext tx, String userId) {
        return tx.deleteFrom(LOGIN_SESSION)
                .where(LOGIN_SESSION.USER_ID.eq(userId))
                .execute();
    }

    private static LoginSession session(FixedQuery.Row row) {
        return new LoginSession(
                row.get(LOGIN_SESSION.ID),
                row.get(LOGIN_SESSION.USER_ID),
                row.get(LOGIN_SESSION.IP_ADDRESS),
                row.get(LOGIN_SESSION.USER_AGENT),
                Instant.ofEpochMilli(row.get(LOGIN_SESSION.CREATED_AT)),
                Instant.ofEpochMilli(row.get(LOGIN_SESSION.UPDATED_AT)),
                Instant.ofEpochMilli(row.get(LOGIN_SESSION.EXPIRES_AT)));
    }
}
