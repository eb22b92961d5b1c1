package dev.sesame.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void the_environment_beats_the_default_and_locks() {
        var settings = new Settings(Map.of("TASKS_SILENCE_MINUTES", " 3 ", "ALLOW_USER_REGISTRATION", "true"));

        assertThat(settings.get(SettingKeys.TASKS_SILENCE_MINUTES)).isEqualTo(3);
        assertThat(settings.get(SettingKeys.REGISTRATION_ALLOW_NEW_USERS)).isTrue();
        assertThat(settings.get(SettingKeys.TASKS_MAX_DURATION_MINUTES)).isEqualTo(120);
        assertThat(settings.locked(SettingKeys.TASKS_SILENCE_MINUTES)).isTrue();
        assertThat(settings.locked(SettingKeys.TASKS_MAX_DURATION_MINUTES)).isFalse();
    }

    @Test
    void lists_are_split_at_commas() {
        var settings = new Settings(Map.of("GIT_LOCAL_REPOSITORIES", "/srv/a, /srv/b,,"));

        assertThat(settings.get(SettingKeys.GIT_LOCAL_REPOSITORIES)).isEqualTo(List.of("/srv/a", "/srv/b"));
    }

    @Test
    void a_wrong_value_is_refused_naming_the_variable() {
        assertThatThrownBy(() -> new Settings(Map.of("TASKS_MAX_RUNNING", "many")))
                .hasMessage("TASKS_MAX_RUNNING: expected a whole number from 1 to 10000, not \"many\"");
        assertThatThrownBy(() -> new Settings(Map.of("SANDBOX_PROVIDER", "jail")))
                .hasMessage("SANDBOX_PROVIDER: expected one of local, docker, not \"jail\"");
        assertThatThrownBy(() -> new Settings(Map.of("TASKS_DEFAULT_AGENT", "claude")))
                .hasMessage("TASKS_DEFAULT_AGENT: expected one of claude-code, codex, gemini, opencode, copilot, amp,"
                        + " demo, not \"claude\"");
        assertThatThrownBy(() -> new Settings(Map.of("GITHUB_URL", "ftp://example.com")))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageStartingWith("GITHUB_URL: ");
    }

    @Test
    void keys_and_environment_names_are_unique_and_every_default_is_a_value_of_its_type() {
        assertThat(SettingKeys.ALL).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(SettingKeys.ALL).extracting(Setting::environment).doesNotHaveDuplicates();
        assertThat(SettingKeys.ALL).allSatisfy(SettingsTest::acceptsItsDefault);
    }

    @Test
    void environment_names_are_the_keys_in_upper_snake_case() {
        assertThat(SettingKeys.upperSnake("tasks.maxRunningPerUser")).isEqualTo("TASKS_MAX_RUNNING_PER_USER");
        assertThat(SettingKeys.upperSnake("sandboxSecurity.allowedDomains"))
                .isEqualTo("SANDBOX_SECURITY_ALLOWED_DOMAINS");
    }

    private static <T> void acceptsItsDefault(Setting<T> setting) {
        String text = setting.defaultValue() instanceof List<?> ? "" : String.valueOf(setting.defaultValue());
        assertThat(setting.type().parse().apply(text)).isEqualTo(setting.defaultValue());
    }
}
