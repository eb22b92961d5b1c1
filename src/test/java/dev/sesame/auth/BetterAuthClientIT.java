package dev.sesame.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The public better-auth client from npm, core and API-key plugin, against our server. Installs it once into target/.
@Tag("slow")
class BetterAuthClientIT {
    private static final Path SOURCE = Path.of("src/test/resources/better-auth");
    private static final Path INSTALLED = Path.of("target/better-auth");

    @Test
    void it_signs_up_signs_in_and_manages_keys_as_with_a_server_of_its_own() throws Exception {
        install();
        JsonNode told;
        try (var server = SesameServer.start()) {
            told = new ObjectMapper()
                    .readTree(run(List.of("node", "client.mjs", server.base().toString())));
        }

        assertThat(told.at("/signUp/user/email").asText()).isEqualTo("client@example.com");
        assertThat(told.at("/signUp/token").asText()).isNotBlank();
        assertThat(told.at("/signOut/success").asBoolean()).isTrue();
        assertThat(told.get("signedOut").isNull()).isTrue();
        assertThat(told.at("/wrong/status").asInt()).isEqualTo(401);
        assertThat(told.at("/wrong/code").asText()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(told.at("/signIn/user/id")).isEqualTo(told.at("/signUp/user/id"));
        assertThat(told.at("/session/user/name").asText()).isEqualTo("Client");
        assertThat(told.at("/session/session/userId")).isEqualTo(told.at("/signUp/user/id"));
        // The client makes dates of what it takes for dates.
        assertThat(Instant.parse(told.at("/session/session/expiresAt").asText()))
                .isAfter(Instant.now());
        assertThat(told.get("sessions")).hasSize(1);
        keys(told);
        assertThat(told.at("/renamed/status").asBoolean()).isTrue();
        assertThat(told.at("/changed/token").asText()).isNotBlank();
        assertThat(told.at("/after/user/name").asText()).isEqualTo("Renamed");
    }

    private static void keys(JsonNode told) {
        JsonNode created = told.get("created");
        assertThat(created.get("key").asText()).startsWith("sk_").hasSizeGreaterThan(42);
        assertThat(created.get("name").asText()).isEqualTo("ci");
        assertThat(created.get("enabled").asBoolean()).isTrue();
        assertThat(created.at("/metadata/team").asText()).isEqualTo("blue");
        assertThat(created.at("/permissions/tasks")).hasSize(2);
        assertThat(created.has("remaining")).isTrue();
        assertThat(Instant.parse(created.get("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(80_000), Instant.now().plusSeconds(90_000));
        assertThat(told.get("keyWorks").asInt()).isEqualTo(200);
        assertThat(told.get("listed")).hasSize(1);
        assertThat(told.at("/listed/0/id")).isEqualTo(created.get("id"));
        assertThat(told.at("/listed/0").has("key")).isFalse();
        assertThat(told.at("/listed/0/requestCount").asInt()).isEqualTo(1);
        assertThat(told.at("/disabled/enabled").asBoolean()).isFalse();
        assertThat(told.get("keyDisabled").asInt()).isEqualTo(401);
        assertThat(told.at("/got/enabled").asBoolean()).isFalse();
        assertThat(told.at("/deleted/success").asBoolean()).isTrue();
        assertThat(told.get("left")).isEmpty();
        assertThat(told.at("/missing/status").asInt()).isEqualTo(404);
        assertThat(told.at("/missing/code").asText()).isEqualTo("KEY_NOT_FOUND");
    }

    private static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "client.mjs")) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(INSTALLED.resolve("node_modules/better-auth/package.json"))) {
            run(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(INSTALLED, "stderr", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors) + output).isZero();
        return output;
    }
}
