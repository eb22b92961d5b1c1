package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretMaskTest {
    private final SecretMask mask = new SecretMask(List.of("päss/word!", "secret-0123", "short"));

    @Test
    void aSecretBecomesAsManyAsterisks() {
        assertThat(masked("say secret-0123, short")).isEqualTo("say ***********, short");
        assertThat(masked("p\u00e4ss/word!"))
                .isEqualTo("*".repeat("p\u00e4ss/word!".getBytes(StandardCharsets.UTF_8).length));
        assertThat(masked("secret-0secret-0123secret-0123x")).isEqualTo("secret-0" + "*".repeat(22) + "x");
    }

    @Test
    void itsOtherFormsDoToo() {
        String inBase64 = Base64.getEncoder().encodeToString("secret-0123".getBytes(StandardCharsets.UTF_8));
        assertThat(masked(inBase64)).hasSameSizeAs(inBase64).startsWith("*".repeat(12));
        assertThat(masked("p%C3%A4ss%2Fword!")).matches("\\*+");
    }

    @Test
    void whatMayBecomeOneIsTold() {
        assertThat(mask.mask("say secre".getBytes(StandardCharsets.UTF_8))).isEqualTo(5);
        assertThat(mask.mask("say secret-0123".getBytes(StandardCharsets.UTF_8)))
                .isZero();
        assertThat(mask.mask("say x".getBytes(StandardCharsets.UTF_8))).isZero();
        assertThat(mask.longest()).isGreaterThanOrEqualTo("p%C3%A4ss%2Fword%21".length());
        assertThat(new SecretMask(List.of()).longest()).isZero();
    }

    private String masked(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mask.mask(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
