package dev.sesame.setting;

/// One key of the configuration: name, type, default and where it may come from. All are in [SettingKeys].
///
/// @param key as in the API and the config file, for instance `tasks.maxRunning`
/// @param environment the environment variable that sets and locks it
/// @param defaultValue where nothing sets it; an empty text means unset
/// @param secret whether its value never leaves the server
/// @param everyone whether callers that are no admins see it
/// @param description one sentence, for the docs and the UI
public record Setting<T>(
        String key,
        String environment,
        SettingType<T> type,
        T defaultValue,
        boolean secret,
        boolean everyone,
        String description) {}
