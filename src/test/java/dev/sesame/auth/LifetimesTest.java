package dev.sesame.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.audit.AuditLog;
import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.setting.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How long sessions, keys and tokens hold, on a clock that the test moves.
class LifetimesTest {
    private static final LoginSessions.Browser BROWSER = new LoginSessions.Browser("127.0.0.1", "test", true);

    private final Hand clock = new Hand();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_session_in_use_is_renewed_after_a_day_and_ends_seven_days_after(Kind kind) {
        try (TestDatabase fixture = TestDatabases.fresh(kind, directory)) {
            Database database = fixture.open();
            AuditLog audit = new AuditLog(database, new byte[32], clock);
            String userId = user(database, audit);
            var sessions = new LoginSessions(database, audit, clock);
            LoginSessions.Begun begun = sessions.begin(userId, BROWSER);

            clock.move(Duration.ofHours(23));
            assertThat(sessions.renew(begun.session())).isEmpty();
            clock.move(Duration.ofHours(2));
            assertThat(sessions.renew(begun.session()).orElseThrow().expiresAt())
                    .isEqualTo(clock.instant().plus(Duration.ofDays(7)));
            clock.move(Duration.ofDays(7).minusSeconds(1));
            assertThat(sessions.find(begun.token())).isPresent();
            clock.move(Duration.ofSeconds(1));
            assertThat(sessions.find(begun.token())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_session_that_is_not_to_be_remembered_ends_after_a_day_and_is_never_renewed(Kind kind) {
        try (TestDatabase fixture = TestDatabases.fresh(kind, directory)) {
            Database database = fixture.open();
            AuditLog audit = new AuditLog(database, new byte[32], clock);
            String userId = user(database, audit);
            var sessions = new LoginSessions(database, audit, clock);
            LoginSessions.Begun begun = sessions.begin(userId, new LoginSessions.Browser("127.0.0.1", "test", false));

            clock.move(Duration.ofDays(1).minusSeconds(1));
            assertThat(sessions.renew(begun.session())).isEmpty();
            assertThat(sessions.find(begun.token())).isPresent();
            clock.move(Duration.ofSeconds(1));
            assertThat(sessions.find(begun.token())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_key_holds_until_its_end_and_no_longer(Kind kind) {
        try (TestDatabase fixture = TestDatabases.fresh(kind, directory)) {
            Database database = fixture.open();
            AuditLog audit = new AuditLog(database, new byte[32], clock);
            var owner = new Caller.Session(user(database, audit), true, "session_1", "127.0.0.1");
            var keys = new AccessKeys(database, audit, clock);
            AccessKeys.Made brief = keys.make(owner, "brief", PermissionTable.DEFAULT, Duration.ofSeconds(60), null);
            AccessKeys.Made lasting = keys.make(owner, null, PermissionTable.DEFAULT, null, "{\"a\":1}");

            clock.move(Duration.ofSeconds(59));
            assertThat(holds(keys, brief)).isTrue();
            clock.move(Duration.ofSeconds(1));
            assertThat(holds(keys, brief)).isFalse();
            clock.move(Duration.ofDays(10_000));
            assertThat(holds(keys, lasting)).isTrue();
            assertThat(keys.find(lasting.key()).orElseThrow().accessKey().metadata())
                    .isEqualTo("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_token_that_was_sent_holds_once_for_its_purpose_and_time(Kind kind) {
        try (TestDatabase fixture = TestDatabases.fresh(kind, directory)) {
            Database database = fixture.open();
            String userId = user(database, new AuditLog(database, new byte[32], clock));
            var verifications = new Verifications(database, clock);
            String token = verifications.begin(Verifications.Purpose.EMAIL, userId, "content", Duration.ofMinutes(10));
            String late = verifications.begin(Verifications.Purpose.EMAIL, userId, "late", Duration.ofMinutes(10));

            assertThat(verifications.take(Verifications.Purpose.PASSWORD_RESET, token))
                    .isEmpty();
            assertThat(verifications.take(Verifications.Purpose.EMAIL, token))
                    .contains(new Verifications.Proof(userId, "content"));
            assertThat(verifications.take(Verifications.Purpose.EMAIL, token)).isEmpty();
            clock.move(Duration.ofMinutes(10));
            assertThat(verifications.holds(Verifications.Purpose.EMAIL, late)).isFalse();
            assertThat(verifications.take(Verifications.Purpose.EMAIL, late)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_password_set_at_the_console_ends_all_sessions_and_is_recorded(Kind kind) {
        try (TestDatabase fixture = TestDatabases.fresh(kind, directory)) {
            Database database = fixture.open();
            AuditLog audit = new AuditLog(database, new byte[32], clock);
            String userId = user(database, audit);
            var sessions = new LoginSessions(database, audit, clock);
            LoginSessions.Begun begun = sessions.begin(userId, BROWSER);

            assertThat(Recovery.atTheConsole(database, audit, clock, "Ada@example.com", "short"))
                    .isEqualTo("Password too short");
            assertThat(Recovery.atTheConsole(database, audit, clock, "bob@example.com", "battery staple"))
                    .startsWith("There is no account");
            assertThat(sessions.find(begun.token())).isPresent();
            assertThat(Recovery.atTheConsole(database, audit, clock, "Ada@example.com", "battery staple"))
                    .isNull();

            assertThat(sessions.find(begun.token())).isEmpty();
            String hash = new Users(database, new Settings(Map.of()), audit, clock)
                    .byId(userId)
                    .orElseThrow()
                    .hash();
            assertThat(new Passwords().matches("battery staple", hash)).isTrue();
            assertThat(audit.list(null, "console", 1, 0).entries().getFirst().target())
                    .isEqualTo(userId);
        }
    }

    private String user(Database database, AuditLog audit) {
        return new Users(database, new Settings(Map.of()), audit, clock)
                .add("Ada", "ada@example.com", "hash", "127.0.0.1")
                .id();
    }

    private boolean holds(AccessKeys keys, AccessKeys.Made made) {
        return keys.find(made.key()).orElseThrow().accessKey().holds(clock.instant());
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
