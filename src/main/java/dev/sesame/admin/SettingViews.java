package dev.sesame.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sesame.auth.Caller;
import dev.sesame.setting.Setting;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Settings as the API shows them. A secret's value is never part of it.
final class SettingViews {

    private SettingViews() {}

    /// @param settings by key, each as text, number, flag or list of text
    /// @param locked the keys that the environment sets, so that nobody else can
    record Values(Map<String, Object> settings, List<String> locked) {}

    record Schema(List<Field> fields) {}

    /// @param type `text`, `flag`, `number` or `list`
    /// @param choices all values, where they are few
    /// @param defaultValue absent for secrets
    /// @param everyone whether callers that are no admins see the value
    /// @param set whether there is a value at all, the only thing told of a secret
    /// @param source `environment`, `database`, `file` or `default`; for admins
    record Field(
            String key,
            String type,
            String expected,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> choices,
            @Nullable Object defaultValue,
            String environment,
            String description,
            boolean secret,
            boolean everyone,
            boolean locked,
            boolean set,
            @Nullable String source) {}

    static Values values(Settings settings, Caller caller) {
        Map<String, Object> values = new LinkedHashMap<>();
        visible(caller)
                .filter(setting -> !setting.secret())
                .forEach(setting -> values.put(setting.key(), value(settings, setting)));
        List<String> locked = SettingKeys.ALL.stream()
                .filter(settings::locked)
                .map(Setting::key)
                .toList();
        return new Values(values, locked);
    }

    static Schema schema(Settings settings, Caller caller) {
        return new Schema(visible(caller)
                .map(setting -> field(settings, setting, caller.admin()))
                .toList());
    }

    private static <T> Field field(Settings settings, Setting<T> setting, boolean admin) {
        Object value = value(settings, setting);
        return new Field(
                setting.key(),
                setting.type().shape().wire(),
                setting.type().expected(),
                setting.type().choices(),
                setting.secret() ? null : setting.type().json(setting.defaultValue()),
                setting.environment(),
                setting.description(),
                setting.secret(),
                setting.everyone(),
                settings.locked(setting),
                !value.equals("") && !value.equals(List.of()),
                admin ? settings.source(setting).wire() : null);
    }

    private static Stream<Setting<?>> visible(Caller caller) {
        return SettingKeys.ALL.stream().filter(setting -> setting.everyone() || caller.admin());
    }

    private static <T> Object value(Settings settings, Setting<T> setting) {
        return setting.type().json(settings.get(setting));
    }
}
