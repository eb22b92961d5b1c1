package dev.sesame.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import dev.sesame.github.GitHubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `sesame keys` beside a running server, and a server whose key is not the database's.
class KeysIT {
    private static final String PAT = "/api/github/pat";

    private record Said(int status, String words) {}

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

    private static Said sesame(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path jar =
                Path.of(System.getProperty("sesame.app", "target/quarkus-app")).resolve("quarkus-run.jar");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("scripts/jvm.options").toAbsolutePath(),
                "-jar",
                jar.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ENCRYPTION_") || name.startsWith("SESAME_"));
        builder.environment().putAll(new HashMap<>(environment));
        Process process = builder.start();
        try {
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), words);
        } finally {
            process.destroyForcibly();
        }
    }
}
