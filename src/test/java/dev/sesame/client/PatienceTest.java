package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void pausesGrowToFiveSeconds() {
        assertThat(Patience.pause(1, Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
        assertThat(Patience.pause(4, Duration.ZERO)).isEqualTo(Duration.ofMillis(800));
        assertThat(Patience.pause(7, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Patience.pause(Integer.MAX_VALUE, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPauseIsWhatTheServerAskedForWhereThatIsLonger() {
        assertThat(Patience.pause(1, Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Patience.pause(9, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Patience.pause(1, Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(2));
    }
}
