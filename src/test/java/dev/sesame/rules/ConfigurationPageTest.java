package dev.sesame.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.setting.Setting;
import dev.sesame.setting.SettingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// docs/configuration.md is made from the table of settings.
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final Path FRESH = Path.of("target/configuration.md");

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
                # Configuration

                All settings, as `SettingKeys` has them. Each is set by its environment variable. Lists are separated by commas,
                flags are `true` or `false`. A setting whose feature is not there yet has no effect.

                | Setting | Variable | Default | |
                |---|---|---|---|
                """);
        for (Setting<?> setting : SettingKeys.ALL) {
            page.append("| `%s` | `%s` | %s | %s%s |%n"
                    .formatted(
                            setting.key(),
                            setting.environment(),
                            value(setting),
                            setting.description(),
                            setting.secret() ? " Secret." : ""));
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
