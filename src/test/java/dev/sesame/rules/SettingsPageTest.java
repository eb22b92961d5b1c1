package dev.sesame.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.setting.Setting;
import dev.sesame.setting.SettingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/settings.md is made from the table of settings.
class SettingsPageTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final Path FRESH = Path.of("target/settings.md");

    @Test
    void pageSaysWhatTheTableSays() throws IOException {
        Files.createDirectories(FRESH.getParent());
        Files.writeString(FRESH, page());
        assertThat(PAGE)
                .as("The settings changed. Bring the page up to date: cp " + FRESH + " " + PAGE)
                .hasSameTextualContentAs(FRESH);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Settings

                All settings, as `SettingKeys` has them. A value comes from the first of these that has one:

                1. the environment variable; it also locks the setting;
                2. what an admin set on the settings page or by `PATCH /api/settings`, on all servers of a database at once;
                3. the config file: `config.json`, `config.jsonc`, `config.yaml` or `config.toml` in `DATA_DIR`, or the file
                   that `SESAME_CONFIG` names. With two files the server refuses to start. A key is written with its dots
                   or nested: `ai.model: small` or `ai: {model: small}`. Secrets have no place there;
                4. the default.

                Lists are separated by commas in the environment and are lists in JSON, YAML and TOML; flags are `true` or
                `false`. Changes count at once, except those of `tasks.baseDirectory` and `sandboxProvider.type`, which
                count from the next start. A setting whose feature is not there yet has no effect. Seen by: `all` signed-in
                users, `admins`, or nobody (`secret`; kept encrypted).

                | Setting | Variable | Type | Default | Seen by | |
                |---|---|---|---|---|---|
                """);
        for (Setting<?> setting : SettingKeys.ALL) {
            page.append("| `%s` | `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            setting.key(),
                            setting.environment(),
                            setting.type().shape().wire(),
                            value(setting),
                            setting.secret() ? "secret" : setting.everyone() ? "all" : "admins",
                            setting.description()));
        }
        return page.toString().replace("\r\n", "\n");
    }

    private static String value(Setting<?> setting) {
        if (setting == SettingKeys.TASKS_MAX_RUNNING || setting == SettingKeys.TASKS_MAX_RUNNING_PER_USER) {
            return "memory / 1.5 GB";
        }
        Object value = setting.defaultValue();
        boolean empty = value.equals("") || value.equals(List.of());
        return empty ? "" : "`" + value + "`";
    }
}
