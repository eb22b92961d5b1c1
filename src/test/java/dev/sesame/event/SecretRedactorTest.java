package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SecretRedactorTest {
    private static final String SECRET = "sk-ant/a+b=\"ü\\7?x";
    private final SecretRedactor redactor = new SecretRedactor(List.of(SECRET, "hunter22", "short"));

    @Test
    void secretsAreMaskedAndNothingElse() {
        assertThat(redactor.redact("a hunter22 b hunter22hunter22 short hunter2"))
                .isEqualTo("a [redacted] b [redacted][redacted] short hunter2");
        String innocent = "nothing here";
        assertThat(redactor.redact(innocent)).isSameAs(innocent);
    }

    @Test
    void encodedSecretsAreMasked() throws Exception {
        var mapper = new com.fasterxml.jackson.databind.json.JsonMapper();
        String json = mapper.writeValueAsString(SECRET);
        assertThat(redactor.redact(json)).isEqualTo("\"[redacted]\"");
        assertThat(redactor.redact(mapper.writeValueAsString(json))).isEqualTo("\"\\\"[redacted]\\\"\"");
        assertThat(redactor.redact("?t=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "&"))
                .isEqualTo("?t=[redacted]&");
        assertThat(redactor.redact("sk-ant%2fa%2bb%3d%22%c3%bc%5c7%3fx")).isEqualTo("[redacted]");
        assertThat(redactor.redact("sk-ant\\/a+b=\\\"ü\\\\7?x")).isEqualTo("[redacted]");
        assertThat(redactor.redact("sk-ant/a+b=\\\"\\u00fc\\\\7?x")).isEqualTo("[redacted]");
    }

    @Property(tries = 300)
    void base64IsFoundWhateverIsAroundIt(@ForAll @IntRange(max = 7) int before, @ForAll @IntRange(max = 7) int after) {
        String text = "x".repeat(before) + SECRET + "y".repeat(after);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(),
                Base64.getUrlEncoder(),
                Base64.getUrlEncoder().withoutPadding())) {
            String clean = redactor.redact(encoder.encodeToString(bytes));
            assertThat(clean).contains("[redacted]");
            // What is left are the neighbours, and at most one character on either side that shares bits with them.
            assertThat(clean.replace("[redacted]", "").length()).isLessThanOrEqualTo((before + after) * 8 / 6 + 6);
        }
    }

    @Test
    void overlappingSecretsAreMaskedWhole() {
        SecretRedactor overlapping = new SecretRedactor(List.of("abcdefgh1234", "1234abcdefgh", "fgh12345678"));
        assertThat(overlapping.redact("-abcdefgh1234abcdefgh-")).isEqualTo("-[redacted]-");
        assertThat(overlapping.redact("-abcdefgh12345678-")).isEqualTo("-[redacted]-");
        SecretRedactor nested = new SecretRedactor(List.of("0123456789abcdef", "23456789", "6789abcd"));
        assertThat(nested.redact("0123456789abcdef")).isEqualTo("[redacted]");
        assertThat(nested.redact("0123456789abcdeX")).isEqualTo("01[redacted]eX");
    }

    @Test
    void theOpenEndIsWhatCouldBecomeASecret() {
        assertThat(redactor.openEnd("see hunt")).isEqualTo(4);
        assertThat(redactor.openEnd("see hunter22")).isZero();
        assertThat(redactor.openEnd("see huntx")).isZero();
        assertThat(redactor.openEnd("")).isZero();
        assertThat(new SecretRedactor(List.of("hunter22", "hunter22long")).openEnd("hunter22"))
                .isEqualTo(8);
        assertThat(Redactor.NONE.openEnd("hunt")).isZero();
    }

    @Property(tries = 500)
    void textCutWhereItHasNoOpenEndIsRedactedAsIfInOnePiece(@ForAll("texts") String text, @ForAll Random random) {
        SecretRedactor tight = new SecretRedactor(List.of("aabaabaa", "baabaaba", "abababab"));
        String whole = tight.redact(text);
        StringBuilder pieces = new StringBuilder();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            piece.append(text.charAt(i));
            if (random.nextInt(3) == 0 && tight.openEnd(piece) == 0) {
                pieces.append(tight.redact(piece.toString()));
                piece.setLength(0);
            }
        }
        pieces.append(tight.redact(piece.toString()));
        assertThat(pieces).hasToString(whole);
        assertThat(whole).doesNotContain("aabaabaa", "baabaaba", "abababab");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aabbc").ofMinLength(0).ofMaxLength(120);
    }
}
