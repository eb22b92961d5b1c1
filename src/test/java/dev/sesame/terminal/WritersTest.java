package dev.sesame.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WritersTest {
    private long now = -5;
    private final Writers writers = new Writers(() -> now);

    @Test
    void whoWritesHoldsItUntilAWhileAfterTheLastTime() {
        assertThat(writers.claim("a")).isTrue();
        pass(9);
        assertThat(writers.claim("b")).isFalse();
        assertThat(writers.claim("a")).isTrue();
        pass(9);
        assertThat(writers.claim("b")).isFalse();
        pass(1);
        assertThat(writers.claim("b")).isTrue();
        assertThat(writers.claim("a")).isFalse();
    }

    private void pass(int seconds) {
        now += seconds * 1_000_000_000L;
    }
}
