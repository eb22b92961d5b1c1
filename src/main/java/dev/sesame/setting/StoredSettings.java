package dev.sesame.setting;

import static dev.sesame.db.generated.Tables.SETTING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.db.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What admins set through the API: in the database, the secret ones in the [SecretStore]. Values are kept in memory
/// and read again when a node, this one or another, changed them. Safe from any thread.
public final class StoredSettings {
    private static final Logger LOG = System.getLogger(StoredSettings.class.getName());
    private static final String CHANNEL = "settings";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final SecretStore secrets;
    private final Clock clock;
    private volatile Map<String, Object> values = Map.of();

    public StoredSettings(Database database, SecretStore secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        database.listen(CHANNEL, anything -> reload());
        reload();
    }

    @Nullable
    Object get(Setting<?> setting) {
        return values.get(setting.key());
    }

    /// Stores a value within a write of the database; [#reload] afterwards, to see it here at once.
    ///
    /// @param value of the setting's type; null takes it away
    public <T> void set(DSLContext transaction, Setting<T> setting, @Nullable T value) {
        if (setting.secret()) {
            secrets.set(transaction, setting.key(), value == null ? null : value.toString());
        } else if (value == null) {
            transaction
                    .deleteFrom(SETTING)
                    .where(SETTING.NAME.eq(setting.key()))
                    .execute();
        } else {
            store(transaction, setting.key(), text(setting.type().json(value)));
        }
        database.announce(transaction, CHANNEL, setting.key());
    }

    private void store(DSLContext transaction, String key, String content) {
        transaction
                .insertInto(SETTING)
                .set(SETTING.NAME, key)
                .set(SETTING.CONTENT, content)
                .set(SETTING.UPDATED_AT, clock.millis())
                .onConflict(SETTING.NAME)
                .doUpdate()
                .set(SETTING.CONTENT, content)
                .set(SETTING.UPDATED_AT, clock.millis())
                .execute();
    }

    /// Reads all values again. Blocks.
    public synchronized void reload() {
        Map<String, Object> fresh = new HashMap<>();
        Map<String, String> rows = database.read(tx -> tx.selectFrom(SETTING).fetchMap(SETTING.NAME, SETTING.CONTENT));
        rows.forEach((key, content) -> value(key, content).ifPresent(value -> fresh.put(key, value)));
        secrets.all()
                .forEach((key, secret) ->
                        SettingKeys.find(key).filter(Setting::secret).ifPresent(setting -> fresh.put(key, secret)));
        values = Map.copyOf(fresh);
    }

    // What another version stored may mean nothing to this one; that must not keep the server from starting.
    private static Optional<Object> value(String key, String content) {
        Optional<Setting<?>> setting = SettingKeys.find(key).filter(it -> !it.secret());
        try {
            return setting.isEmpty()
                    ? Optional.empty()
                    : Optional.of(setting.get().type().read(JSON.readTree(content)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "The stored value of {0} is not {1}",
                    key,
                    setting.get().type().expected());
            return Optional.empty();
        }
    }

    private static String text(Object json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers, flags and lists can be written", e);
        }
    }
}
