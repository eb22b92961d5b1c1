package dev.sesame.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "😀"})
    void aLongTextLosesItsMiddleOnACodePoint(String letter) {
        Cut cut = Cut.of(letter.repeat(100_000));

        assertThat(cut.truncated()).isTrue();
        assertThat(cut.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(65_000, Cut.MOST_BYTES);
        assertThat(cut.text()).startsWith(letter).endsWith(letter).contains(" bytes left out");
        assertThat(cut.text().replace(letter, "")).matches("\n… \\d+ bytes left out …\n");
    }

    @Test
    void whatFitsIsLeftAlone() {
        String text = "€".repeat(Cut.MOST_BYTES / 3);

        assertThat(Cut.of(text)).isEqualTo(new Cut(text, false));
        assertThat(Cut.of(text + "aa").truncated()).isTrue();
    }

    @Test
    void theNumberOfLostBytesIsTold() {
        assertThat(Cut.of("x".repeat(Cut.MOST_BYTES + 1000)).text()).contains("\n… 1064 bytes left out …\n");
    }
}
