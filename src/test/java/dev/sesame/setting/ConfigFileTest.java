package dev.sesame.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final Map<String, Object> WANTED = Map.of(
            "ai.model",
            "small",
            "tasks.maxRunning",
            3,
            "gravatar.enabled",
            true,
            "sandboxSecurity.allowedDomains",
            List.of("a.example", "b.example"));

    @TempDir
    Path directory;

    @Test
    void all_four_formats_say_the_same() throws IOException {
        assertThat(read("config.json", """
                {"ai": {"model": "small"}, "tasks.maxRunning": 3, "gravatar": {"enabled": true},
                 "sandboxSecurity.allowedDomains": ["a.example", "b.example"]}""")).isEqualTo(WANTED);
        assertThat(read("config.jsonc", """
                { // why
                  "ai.model": "small", /* or another */
                  "tasks": {"maxRunning": 3}, "gravatar.enabled": true,
                  "sandboxSecurity": {"allowedDomains": ["a.example", "b.example",]},
                }""")).isEqualTo(WANTED);
        assertThat(read("config.yaml", """
                # why
                ai:
                  model: small
                tasks.maxRunning: 3
                gravatar: {enabled: true}
                sandboxSecurity:
                  allowedDomains:
                    - a.example
                    - b.example
                """)).isEqualTo(WANTED);
        assertThat(read("config.toml", """
                "tasks.maxRunning" = 3
                gravatar.enabled = true
                [ai]
                model = "small" # or another
                [sandboxSecurity]
                allowedDomains = ["a.example", "b.example"]
                """)).isEqualTo(WANTED);
    }

    @Test
    void no_file_and_an_empty_one_set_nothing() throws IOException {
        assertThat(ConfigFile.read(Map.of(), directory)).isEmpty();
        assertThat(read("config.yaml", "# nothing yet\n")).isEmpty();
        assertThat(read("config.toml", "")).isEmpty();
        assertThat(read("config.json", "{}")).isEmpty();
    }

    @Test
    void two_files_are_refused_naming_both() throws IOException {
        Path json = Files.writeString(directory.resolve("config.json"), "{}");
        Path toml = Files.writeString(directory.resolve("config.toml"), "");

        assertThatThrownBy(() -> ConfigFile.read(Map.of(), directory))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContainingAll(json.toString(), toml.toString());
    }

    @Test
    void the_named_file_counts_and_is_the_only_one() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("etc"));
        Path named = Files.writeString(elsewhere.resolve("sesame.yaml"), "ai.model: small");
        Map<String, String> environment = Map.of("SESAME_CONFIG", named.toString());
        assertThat(ConfigFile.read(environment, directory)).isEqualTo(Map.of("ai.model", "small"));

        Path second = Files.writeString(directory.resolve("config.json"), "{}");
        assertThatThrownBy(() -> ConfigFile.read(environment, directory))
                .hasMessageContainingAll(named.toString(), second.toString());
        assertThatThrownBy(() -> ConfigFile.read(Map.of("SESAME_CONFIG", "/nowhere.yaml"), elsewhere))
                .hasMessage("SESAME_CONFIG: there is no file /nowhere.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config.json  | {"ai": {"modle": "x"}}         | there is no setting ai.modle
            config.json  | {"tasks.maxRunning": "3"}      | tasks.maxRunning: expected a whole number from 1 to 10000, not "3"
            config.json  | {"tasks.maxRunning": 0}        | tasks.maxRunning: expected a whole number from 1 to 10000, not 0
            config.json  | {"gravatar.enabled": 1}        | gravatar.enabled: expected true or false, not 1
            config.json  | {"ai": null}                   | there is no setting ai
            config.json  | ["ai"]                         | expected settings by their keys
            config.json  | {"ai.model": "a" // no         | malformed at line 1
            config.json  | {"ai.model":"a","ai.model":"b"}| malformed at line 1
            config.json  | {"ai.model":"a","ai":{"model":"b"}} | ai.model is there twice
            config.yaml  | a: [                           | malformed at line
            config.toml  | = 1                            | malformed at line 1
            config.yml   | oidc.enabled: maybe            | oidc.enabled: expected true or false
            """)
    void what_is_wrong_is_named_with_the_file(String name, String content, String complaint) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);

        assertThatThrownBy(() -> ConfigFile.read(Map.of(), directory))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint);
    }

    @Test
    void secrets_are_refused_and_not_repeated() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "ai.apiKey: sk-12345678");

        assertThatThrownBy(() -> ConfigFile.read(Map.of(), directory))
                .hasMessageContainingAll("ai.apiKey is secret", "AI_API_KEY")
                .hasMessageNotContaining("sk-12345678");
    }

    private Map<String, Object> read(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        try {
            return ConfigFile.read(Map.of(), directory);
        } finally {
            Files.delete(file);
        }
    }
}
