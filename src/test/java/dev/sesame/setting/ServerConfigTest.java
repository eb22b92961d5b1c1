package dev.sesame.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {

    @Test
    void without_any_variable_it_is_a_server_for_this_machine_alone() {
        var config = ServerConfig.from(Map.of());

        assertThat(config.port()).isEqualTo(13531);
        assertThat(config.loopback()).isTrue();
        assertThat(config.baseUrl()).isEqualTo(URI.create("http://localhost:13531"));
        assertThat(config.subPath()).isEmpty();
        assertThat(config.https()).isFalse();
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.databaseUrl()).isNull();
    }

    @Test
    void the_path_of_base_url_is_the_sub_path() {
        var config = ServerConfig.from(Map.of("BASE_URL", "https://example.com/tools/sesame/", "HOST", "0.0.0.0"));

        assertThat(config.subPath()).isEqualTo("/tools/sesame");
        assertThat(config.https()).isTrue();
        assertThat(config.loopback()).isFalse();
    }

    @Test
    void a_bad_value_is_refused_in_one_sentence_that_names_the_variable() {
        refused(Map.of("PORT", "http"), "PORT: ");
        refused(Map.of("PORT", "70000"), "PORT: ");
        refused(Map.of("HOST", ""), "HOST: ");
        refused(Map.of("BASE_URL", "example.com"), "BASE_URL: ");
        refused(Map.of("BASE_URL", "https://example.com/?a=b"), "BASE_URL: ");
        refused(Map.of("DATA_DIR", " "), "DATA_DIR: ");
        refused(Map.of("DATABASE_URL", "mysql://root:secret@db"), "DATABASE_URL: ");
        refused(Map.of("DATABASE_URL", "postgresql://db/sesame"), "ENCRYPTION_KEY: must be set");
        refused(Map.of("ENCRYPTION_KEY", "abc"), "ENCRYPTION_KEY: ");
    }

    @Test
    void a_key_is_made_once_and_only_its_owner_can_read_it(@TempDir Path data) throws Exception {
        var config = ServerConfig.from(Map.of("DATA_DIR", data.resolve("new").toString()));

        byte[] first = EncryptionKeys.load(config).newest().derive("cookies");
        byte[] second = EncryptionKeys.load(config).newest().derive("cookies");

        assertThat(second).isEqualTo(first).hasSize(32);
        assertThat(EncryptionKeys.load(config).newest().derive("others")).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("new/encryption.key"))))
                .isEqualTo("rw-------");
        assertThat(data.resolve("new")).isDirectoryNotContaining("glob:**.draft");
    }

    private static void refused(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> ServerConfig.from(environment))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("secret@");
    }
}
