package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownSecretsTest {
    private final KnownSecrets secrets = new KnownSecrets(List.of("known-secret"));

    @Test
    void whatItLearnsIsTakenOutOfEventsAndOfATerminalsBytes() {
        assertThat(secrets.redact("a known-secret, a later-secret")).isEqualTo("a [redacted], a later-secret");
        assertThat(masked("a known-secret, a later-secret")).isEqualTo("a ************, a later-secret");

        secrets.learn(List.of("later-secret"));

        assertThat(secrets.redact("a known-secret, a later-secret")).isEqualTo("a [redacted], a [redacted]");
        assertThat(masked("a known-secret, a later-secret")).isEqualTo("a ************, a ************");
    }

    @Test
    void whatItKnowsCostsNothingWhenItIsSaidAgain() {
        for (int i = 0; i < 100; i++) {
            secrets.learn(List.of("x".repeat(1_000)));
        }
        secrets.learn(List.of("later-secret"));

        assertThat(secrets.redact("a later-secret")).isEqualTo("a [redacted]");
    }

    private String masked(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        secrets.mask().mask(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
