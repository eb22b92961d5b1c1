package dev.sesame.credential;

import static dev.sesame.credential.Said.sesame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.github.GitHubServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `sesame keys` beside a running server, and a server whose key is not the database's.
class KeysIT {
    private static final String PAT = "/api/github/pat";

    @Test
    void a_key_is_rotated_beside_a_running_server_and_a_wrong_one_is_refused() throws Exception {
        try (var github = GitHubServer.start();
                var server = SesameServer.start(Map.of("GITHUB_URL", github.url()))) {
            github.account("ghp_0123456789", "octocat", "repo");
            HttpUser user = server.admin();
            assertThat(user.post(PAT, Map.of("token", "ghp_0123456789")).status())
                    .isEqualTo(200);
            Path file = server.dataDirectory().resolve("encryption.key");
            String before = Files.readString(file);

            Said rotated = sesame(Map.of("DATA_DIR", server.dataDirectory().toString()), "keys", "rotate");

            assertThat(rotated.status()).as(rotated.words()).isZero();
            assertThat(rotated.words()).contains("under the new key").contains("encryption.key");
            assertThat(Files.readString(file)).isNotEqualTo(before).matches("[0-9a-f]{64}\n");
            assertThat(user.get(PAT).text("username")).isEqualTo("octocat");
            assertThat(user.post("/api/api-keys", Map.of("provider", "openai", "key", "sk-0123456789"))
                            .status())
                    .isEqualTo(200);

            server.stop();
            String right = Files.readString(file);
            Files.writeString(file, before);
            Said refused = sesame(
                    Map.of("DATA_DIR", server.dataDirectory().toString(), "PORT", "0"),
                    "serve",
                    "--until-stdin-closes");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.words())
                    .contains("The secrets in this database were encrypted with another key than the key in " + file)
                    .doesNotContain("\tat ");
            Files.writeString(file, right);
            server.restart();
            assertThat(user.get(PAT).text("username")).as("still signed in").isEqualTo("octocat");
        }
    }

    @Test
    void with_a_key_of_the_environment_the_steps_are_said() throws Exception {
        String key = "0123456789abcdef".repeat(4);
        try (var server = SesameServer.start(Map.of("ENCRYPTION_KEY", key))) {
            Map<String, String> environment =
                    Map.of("DATA_DIR", server.dataDirectory().toString(), "ENCRYPTION_KEY", key);

            Said said = sesame(environment, "keys", "rotate");

            assertThat(said.status()).isEqualTo(1);
            assertThat(said.words())
                    .contains("Nothing was changed yet")
                    .contains("ENCRYPTION_KEY_PREVIOUS")
                    .containsPattern("\n  [0-9a-f]{64}\n")
                    .doesNotContain(key);
        }
        assertThat(sesame(Map.of("DATA_DIR", "/nonexistent"), "keys", "rotate").words())
                .contains("There is no database");
    }
}
