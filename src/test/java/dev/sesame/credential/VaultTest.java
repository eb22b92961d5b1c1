package dev.sesame.credential;

import static dev.sesame.db.generated.Tables.SECRET;
import static dev.sesame.db.generated.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.db.TestUsers;
import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VaultTest {
    private static final String KINDS = "dev.sesame.db.TestDatabases#kinds";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource(KINDS)
    void a_secret_comes_back_and_is_nowhere_in_the_clear(Kind kind) {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            Vault vault = Vault.open(db.open(), EncryptionKeys.of(EncryptionKey.fresh()), CLOCK);
            vault.put("user_1", "provider/openai", "first");
            vault.put("user_1", "provider/openai", "sk-tüñ€-😀");
            vault.put("user_2", "provider/openai", "another's");

            assertThat(vault.find("user_1", "provider/openai")).contains("sk-tüñ€-😀");
            assertThat(vault.all("user_1")).isEqualTo(Map.of("provider/openai", "sk-tüñ€-😀"));
            assertThat(vault.list("user_1")).extracting(Vault.Entry::purpose).containsExactly("provider/openai");
            String stored =
                    db.open().read(tx -> tx.fetch("SELECT * FROM secret").toString());
            assertThat(stored).doesNotContain("sk-t").doesNotContain("another");

            vault.remove("user_1", "provider/openai");
            vault.remove("user_1", "provider/openai");
            assertThat(vault.find("user_1", "provider/openai")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void a_secret_that_was_moved_to_another_place_or_changed_does_not_open(Kind kind) {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            Vault vault = Vault.open(db.open(), EncryptionKeys.of(EncryptionKey.fresh()), CLOCK);
            vault.put("mallory", "github", "mine");
            vault.put("victim", "github", "token of the victim");
            vault.put("victim", "other", "token of the victim");

            move(db.open(), "victim", "github", "mallory", "github");
            assertThatThrownBy(() -> vault.find("mallory", "github")).isInstanceOf(IllegalStateException.class);
            move(db.open(), "victim", "github", "victim", "other");
            assertThatThrownBy(() -> vault.find("victim", "other"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("token of");
        }
    }

    private static void move(Database database, String from, String purpose, String to, String toPurpose) {
        database.write(tx -> {
            String sealed = tx.select(SECRET.SEALED)
                    .from(SECRET)
                    .where(SECRET.OWNER.eq(from).and(SECRET.PURPOSE.eq(purpose)))
                    .fetchSingle(SECRET.SEALED);
            return tx.update(SECRET)
                    .set(SECRET.SEALED, sealed)
                    .where(SECRET.OWNER.eq(to).and(SECRET.PURPOSE.eq(toPurpose)))
                    .execute();
        });
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void only_the_expected_content_is_replaced(Kind kind) {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            Vault vault = Vault.open(db.open(), EncryptionKeys.of(EncryptionKey.fresh()), CLOCK);
            vault.put("u", "agent/codex", "old");

            assertThat(vault.replace("u", "agent/codex", "older", "new")).isFalse();
            assertThat(vault.replace("u", "agent/gemini", "old", "new")).isFalse();
            assertThat(vault.replace("u", "agent/codex", "old", "new")).isTrue();
            assertThat(vault.all("u")).isEqualTo(Map.of("agent/codex", "new"));
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void a_user_takes_the_secrets_along(Kind kind) {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            db.open().write(tx -> TestUsers.add(tx, "user_1"));
            Vault vault = Vault.open(db.open(), EncryptionKeys.of(EncryptionKey.fresh()), CLOCK);
            vault.put("user_1", "github", "token");
            vault.put("settings", "smtp.pass", "password");

            db.open().write(tx -> tx.deleteFrom(USERS).execute());

            assertThat(vault.all("user_1")).isEmpty();
            assertThat(vault.find("settings", "smtp.pass")).contains("password");
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void a_wrong_key_is_refused_in_plain_words_and_a_reset_is_the_way_out(Kind kind) {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            Vault.open(db.open(), EncryptionKeys.of(EncryptionKey.fresh()), CLOCK)
                    .put("u", "github", "lost");
            EncryptionKeys wrong = EncryptionKeys.of(EncryptionKey.fresh());

            assertThatThrownBy(() -> Vault.open(db.open(), wrong, CLOCK))
                    .isInstanceOf(BadConfigurationException.class)
                    .hasMessageContaining("another key than ENCRYPTION_KEY")
                    .hasMessageContaining("sesame keys reset");

            assertThat(KeyRotation.reset(db.open(), wrong)).isEqualTo(1);
            assertThat(Vault.open(db.open(), wrong, CLOCK).all("u")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void a_rotation_loses_nothing_while_a_server_reads_and_writes(Kind kind) throws Exception {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            ServerConfig config = ServerConfig.from(Map.of("DATA_DIR", directory.toString()));
            Vault server = Vault.open(db.open(), EncryptionKeys.load(config), CLOCK);
            for (int i = 0; i < 250; i++) {
                server.put("user_" + i, "github", "token " + i);
            }
            String before =
                    Files.readString(directory.resolve("encryption.key")).strip();
            var stop = new AtomicBoolean();
            var wrote = new CountDownLatch(20);
            Thread busy = Thread.ofVirtual().start(() -> {
                for (int i = 0; !stop.get(); i++) {
                    server.put("busy", "n" + i % 7, "value " + i);
                    assertThat(server.find("busy", "n" + i % 7)).contains("value " + i);
                    wrote.countDown();
                }
            });
            wrote.await();

            // Another process: keys of its own, read from the same file.
            new KeyRotation(db.open(), EncryptionKeys.load(config), CLOCK).run();

            stop.set(true);
            busy.join();
            server.put("after", "github", "written after");
            String after = Files.readString(directory.resolve("encryption.key")).strip();
            assertThat(after).matches("[0-9a-f]{64}").isNotEqualTo(before);
            EncryptionKeys onlyNew = EncryptionKeys.load(config);
            Vault restarted = Vault.open(db.open(), onlyNew, CLOCK);
            assertThat(restarted.whollyUnder(onlyNew.newest().id())).isTrue();
            for (int i = 0; i < 250; i++) {
                assertThat(restarted.find("user_" + i, "github")).contains("token " + i);
            }
            assertThat(restarted.all("busy")).hasSize(7);
            assertThat(restarted.find("after", "github")).contains("written after");
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void keys_of_the_environment_are_rotated_once_both_are_given(Kind kind) throws IOException {
        try (TestDatabase db = TestDatabases.fresh(kind, directory)) {
            EncryptionKey old = EncryptionKey.fresh();
            EncryptionKey fresh = EncryptionKey.fresh();
            Vault.open(db.open(), EncryptionKeys.of(old), CLOCK).put("u", "github", "token");
            EncryptionKeys both = EncryptionKeys.of(fresh, old);

            // A server with both writes under the old one until the rotation, so that those with the old one can read.
            Vault.open(db.open(), both, CLOCK).put("v", "github", "token");
            assertThat(Vault.open(db.open(), EncryptionKeys.of(old), CLOCK).find("v", "github"))
                    .contains("token");

            var rotation = new KeyRotation(db.open(), both, CLOCK);
            assertThat(rotation.isDue()).isTrue();
            assertThat(rotation.run()).isEqualTo(2);
            assertThat(rotation.isDue()).isFalse();
            assertThat(Vault.open(db.open(), EncryptionKeys.of(fresh), CLOCK).find("u", "github"))
                    .contains("token");
            assertThatThrownBy(() -> Vault.open(db.open(), EncryptionKeys.of(old), CLOCK))
                    .isInstanceOf(BadConfigurationException.class);
        }
    }

    @Test
    void a_rotation_that_died_goes_on_with_the_key_it_made() throws IOException {
        try (TestDatabase db = TestDatabases.fresh(Kind.SQLITE, directory)) {
            ServerConfig config = ServerConfig.from(Map.of("DATA_DIR", directory.toString()));
            EncryptionKeys keys = EncryptionKeys.load(config);
            Vault.open(db.open(), keys, CLOCK).put("u", "github", "token");
            EncryptionKey made = EncryptionKey.fresh();
            keys.add(made);

            // Here it died; the server starts with both lines, and the next rotation finds the new one waiting.
            assertThat(Vault.open(db.open(), EncryptionKeys.load(config), CLOCK).find("u", "github"))
                    .contains("token");
            var next = new KeyRotation(db.open(), EncryptionKeys.load(config), CLOCK);
            assertThat(next.isDue()).isTrue();
            assertThat(next.run()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("encryption.key")).strip())
                    .isEqualTo(made.hex());
        }
    }
}
