package dev.sesame.setting;

import java.util.HashMap;
import java.util.Map;

/// The values in force. A key's value comes from the first layer that has one: environment, then default.
///
/// Safe from any thread and cheap: call [#get] where the value is needed instead of keeping it, since a setting may
/// change while the server runs.
public final class Settings {
    private final Map<Setting<?>, Object> environment = new HashMap<>();

    /// Reads every known key at once, so that a wrong value is found at the start.
    ///
    /// @throws BadConfigurationException naming the variable
    public Settings(Map<String, String> environment) {
        for (Setting<?> setting : SettingKeys.ALL) {
            String text = environment.get(setting.environment());
            if (text != null) {
                this.environment.put(setting, parse(setting, text));
            }
        }
    }

    @SuppressWarnings("unchecked") // the layers hold what the setting's own type parsed
    public <T> T get(Setting<T> setting) {
        Object value = environment.get(setting);
        return value == null ? setting.defaultValue() : (T) value;
    }

    /// Whether the environment sets it, so that nothing else can.
    public boolean locked(Setting<?> setting) {
        return environment.containsKey(setting);
    }

    private static <T> T parse(Setting<T> setting, String text) {
        try {
            return setting.type().parse().apply(text.strip());
        } catch (IllegalArgumentException e) {
            String given = setting.secret() ? "" : ", not \"" + text + "\"";
            throw new BadConfigurationException(
                    setting.environment() + ": expected " + setting.type().expected() + given);
        }
    }
}
