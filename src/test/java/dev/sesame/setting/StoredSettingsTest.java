package dev.sesame.setting;

import static dev.sesame.db.generated.Tables.SETTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredSettingsTest {
    private final SecretsInMemory secrets = new SecretsInMemory();

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void the_environment_beats_admins_who_beat_the_file_which_beats_the_default(Kind kind) throws IOException {
        Files.writeString(directory.resolve("config.json"), """
                {"tasks.silenceMinutes": 5, "tasks.maxEvents": 500, "tasks.maxRunning": 2}""");
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            StoredSettings stored = stored(database.open());
            set(database.open(), stored, SettingKeys.TASKS_SILENCE_MINUTES, 4);
            set(database.open(), stored, SettingKeys.TASKS_MAX_RUNNING, 9);
            var settings = new Settings(Map.of("TASKS_MAX_RUNNING", "7"), directory, stored);

            assertThat(settings.get(SettingKeys.TASKS_MAX_RUNNING)).isEqualTo(7);
            assertThat(settings.source(SettingKeys.TASKS_MAX_RUNNING)).isEqualTo(Settings.Source.ENVIRONMENT);
            assertThat(settings.get(SettingKeys.TASKS_SILENCE_MINUTES)).isEqualTo(4);
            assertThat(settings.source(SettingKeys.TASKS_SILENCE_MINUTES)).isEqualTo(Settings.Source.DATABASE);
            assertThat(settings.get(SettingKeys.TASKS_MAX_EVENTS)).isEqualTo(500);
            assertThat(settings.source(SettingKeys.TASKS_MAX_EVENTS)).isEqualTo(Settings.Source.FILE);
            assertThat(settings.get(SettingKeys.EVENTS_PING_SECONDS)).isEqualTo(30);
            assertThat(settings.source(SettingKeys.EVENTS_PING_SECONDS)).isEqualTo(Settings.Source.DEFAULT);

            set(database.open(), stored, SettingKeys.TASKS_SILENCE_MINUTES, null);
            assertThat(settings.get(SettingKeys.TASKS_SILENCE_MINUTES)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void values_of_every_shape_survive_a_restart_and_secrets_are_not_in_the_table(Kind kind) {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            StoredSettings stored = stored(database.open());
            List<AddressRange> proxies = List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("::1"));
            set(database.open(), stored, SettingKeys.SERVER_TRUSTED_PROXIES, proxies);
            set(database.open(), stored, SettingKeys.OIDC_ENABLED, true);
            set(database.open(), stored, SettingKeys.AI_MODEL, "small");
            set(database.open(), stored, SettingKeys.TASKS_MAX_OUTPUT_BYTES, 1L << 40);
            set(database.open(), stored, SettingKeys.SMTP_PASS, "hunter22");

            Database again = database.reopen();
            var settings = new Settings(Map.of(), directory, stored(again));

            assertThat(settings.get(SettingKeys.SERVER_TRUSTED_PROXIES)).isEqualTo(proxies);
            assertThat(settings.get(SettingKeys.OIDC_ENABLED)).isTrue();
            assertThat(settings.get(SettingKeys.AI_MODEL)).isEqualTo("small");
            assertThat(settings.get(SettingKeys.TASKS_MAX_OUTPUT_BYTES)).isEqualTo(1L << 40);
            assertThat(settings.get(SettingKeys.SMTP_PASS)).isEqualTo("hunter22");
            assertThat(settings.secrets()).containsExactly("hunter22");
            String table = again.read(tx -> tx.fetch(SETTING).format());
            assertThat(table).contains("10.0.0.0/8").doesNotContain("hunter22");
        }
    }

    @Test
    void another_node_sees_a_change_within_seconds(@TempDir Path other) {
        try (TestDatabase database = TestDatabases.fresh(Kind.POSTGRES, directory);
                Database elsewhere = database.openElsewhere(other)) {
            var there = new Settings(Map.of(), other, stored(elsewhere));
            set(database.open(), stored(database.open()), SettingKeys.AI_MODEL, "small");

            await(() -> there.get(SettingKeys.AI_MODEL).equals("small"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.sesame.db.TestDatabases#kinds")
    void a_stored_value_that_means_nothing_here_is_passed_over(Kind kind) {
        try (TestDatabase database = TestDatabases.fresh(kind, directory)) {
            Database open = database.open();
            open.write(tx -> insert(tx, "ai.model", "5") + insert(tx, "no.longer", "true"));
            var settings = new Settings(Map.of(), directory, stored(open));

            assertThat(settings.get(SettingKeys.AI_MODEL)).isEmpty();
        }
    }

    private static int insert(DSLContext tx, String name, String content) {
        return tx.insertInto(SETTING)
                .set(SETTING.NAME, name)
                .set(SETTING.CONTENT, content)
                .set(SETTING.UPDATED_AT, 0L)
                .execute();
    }

    private StoredSettings stored(Database database) {
        return new StoredSettings(database, secrets, Clock.systemUTC());
    }

    private static <T> void set(Database database, StoredSettings stored, Setting<T> setting, @Nullable T value) {
        database.write(tx -> {
            stored.set(tx, setting, value);
            return setting;
        });
        stored.reload();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static final class SecretsInMemory implements SecretStore {
        private final Map<String, String> values = new ConcurrentHashMap<>();

        @Override
        public Map<String, String> all() {
            return values;
        }

        @Override
        public void set(DSLContext transaction, String key, @Nullable String value) {
            if (value == null) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
        }
    }
}
