package dev.sesame.setting;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The values in force. A key's value comes from the first layer that has one: environment, what admins set, config
/// file, default.
///
/// Safe from any thread and cheap: call [#get] where the value is needed instead of keeping it, since a setting may
/// change while the server runs.
public final class Settings {

    /// Where a value comes from.
    public enum Source {
        ENVIRONMENT,
        DATABASE,
        FILE,
        DEFAULT;

        /// In the API.
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, Object> environment = new HashMap<>();
    private final Map<String, Object> file;
    private final @Nullable StoredSettings stored;

    /// Of the environment alone.
    ///
    /// @throws BadConfigurationException naming the variable
    public Settings(Map<String, String> environment) {
        this(environment, Map.of(), null);
    }

    /// Reads every known key at once, so that a wrong value is found at the start.
    ///
    /// @param dataDirectory where a config file may be
    /// @throws BadConfigurationException naming the variable, or the file and key
    public Settings(Map<String, String> environment, Path dataDirectory, StoredSettings stored) {
        this(environment, ConfigFile.read(environment, dataDirectory), stored);
    }

    private Settings(Map<String, String> environment, Map<String, Object> file, @Nullable StoredSettings stored) {
        this.file = file;
        this.stored = stored;
        for (Setting<?> setting : SettingKeys.ALL) {
            String text = environment.get(setting.environment());
            if (text != null) {
                this.environment.put(setting.key(), parse(setting, text));
            }
        }
    }

    @SuppressWarnings("unchecked") // the layers hold what the setting's own type parsed
    public <T> T get(Setting<T> setting) {
        Object value = environment.get(setting.key());
        if (value == null) {
            value = stored(setting);
        }
        if (value == null) {
            value = file.get(setting.key());
        }
        return value == null ? setting.defaultValue() : (T) value;
    }

    public Source source(Setting<?> setting) {
        if (locked(setting)) {
            return Source.ENVIRONMENT;
        }
        if (stored(setting) != null) {
            return Source.DATABASE;
        }
        return file.containsKey(setting.key()) ? Source.FILE : Source.DEFAULT;
    }

    /// Whether the environment sets it, so that nothing else can.
    public boolean locked(Setting<?> setting) {
        return environment.containsKey(setting.key());
    }

    /// The values of all secret settings that are set: never to be stored or shown.
    public Collection<String> secrets() {
        return SettingKeys.ALL.stream()
                .filter(Setting::secret)
                .map(setting -> String.valueOf(get(setting)))
                .filter(value -> !value.isBlank())
                .toList();
    }

    private @Nullable Object stored(Setting<?> setting) {
        return stored == null ? null : stored.get(setting);
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

    /// The program on this host that is to be used as that agent; empty for the one from npm.
    public Optional<Path> agentPath(String agent) {
        return SettingKeys.agentPath(agent)
                .map(this::get)
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }
}
