package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {

    @Test
    void growsToFiveSeconds() {
        assertThat(Pause.before(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
        assertThat(Pause.before(4, Duration.ZERO)).isEqualTo(Duration.ofMillis(800));
        assertThat(Pause.before(7, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Pause.before(Integer.MAX_VALUE, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void isWhatTheServerAskedForWhereThatIsLonger() {
        assertThat(Pause.before(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Pause.before(9, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
    }
}
