package dev.sesame.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.db.Database;
import dev.sesame.http.Input;
import dev.sesame.http.Problem;
import dev.sesame.setting.Setting;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import dev.sesame.setting.StoredSettings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Changes of settings by admins: checked as a whole, stored in one transaction.
@Singleton
final class SettingChanges {
    private static final int LONGEST = 10_000;

    private final Database database;
    private final Settings settings;
    private final StoredSettings stored;
    private final AuditLog audit;

    SettingChanges(Database database, Settings settings, StoredSettings stored, AuditLog audit) {
        this.database = database;
        this.settings = settings;
        this.stored = stored;
        this.audit = audit;
    }

    /// One checked change; a value of null means back to the default.
    private record Change<T>(Setting<T> setting, @Nullable T value) {
        void store(StoredSettings stored, DSLContext tx) {
            stored.set(tx, setting, value);
        }

        /// A secret's value is not part of it.
        Map<String, Object> details() {
            if (value == null) {
                return Map.of("to", "default");
            }
            return setting.secret() ? Map.of() : Map.of("to", setting.type().json(value));
        }
    }

    /// Refuses all of it with 400 for what is no setting or no value of it, with 409 for what the environment locks.
    ///
    /// @param wanted values by key; JSON null for the default
    void apply(Caller caller, Map<String, @Nullable JsonNode> wanted) {
        List<Change<?>> changes = new ArrayList<>();
        wanted.forEach((key, value) -> changes.add(change(setting(key), value)));
        for (Change<?> change : changes) {
            if (settings.locked(change.setting())) {
                throw Problem.CONFLICT.because(change.setting().key() + " is locked: the environment sets it, by "
                        + change.setting().environment());
            }
        }
        database.write(tx -> {
            for (Change<?> change : changes) {
                change.store(stored, tx);
                audit.add(
                        tx,
                        caller.actor(),
                        AuditAction.SETTING_CHANGE,
                        change.setting().key(),
                        change.details());
            }
            return changes;
        });
        stored.reload();
    }

    private static Setting<?> setting(String key) {
        return SettingKeys.find(key)
                .orElseThrow(() -> Problem.BAD_REQUEST.because("There is no setting " + Input.shown(key)));
    }

    private static <T> Change<T> change(Setting<T> setting, @Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return new Change<>(setting, null);
        }
        checkTexts(setting.key(), json);
        try {
            return new Change<>(setting, setting.type().read(json));
        } catch (IllegalArgumentException e) {
            throw Problem.BAD_REQUEST.because(
                    setting.key() + ": expected " + setting.type().expected());
        }
    }

    private static void checkTexts(String key, JsonNode json) {
        if (json.isTextual() && !json.asText().isEmpty()) {
            Input.parameter(key, json.asText(), LONGEST);
        }
        json.forEach(item -> checkTexts(key, item));
    }
}
