package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private static final long MB = 1 << 20;

    private long cpu;
    private long used;
    private final IdleHeap heap = new IdleHeap(() -> cpu, () -> used, () -> used = 40 * MB);

    @Test
    void collectsWhatABurstLeftOnceItIsOver() {
        burst(Duration.ofSeconds(1), 80 * MB);
        assertThat(heap.look()).isFalse();
        assertThat(heap.look()).isTrue();
        assertThat(used).isEqualTo(40 * MB);
    }

    @Test
    void doesNothingForWhatTimersLeave() {
        burst(Duration.ZERO, 40 * MB);
        assertThat(heap.look()).isTrue();
        for (int i = 0; i < 15; i++) {
            burst(Duration.ofMillis(50), 41 * MB);
            assertThat(heap.look()).isFalse();
        }
        burst(Duration.ofMillis(50), 57 * MB);
        assertThat(heap.look()).isTrue();
    }

    @Test
    void leavesABusyAndALargeHeapAlone() {
        for (int i = 0; i < 5; i++) {
            burst(Duration.ofMillis(200), 200 * MB);
            assertThat(heap.look()).isFalse();
        }
        burst(Duration.ZERO, 300 * MB);
        assertThat(heap.look()).isFalse();
        burst(Duration.ZERO, 200 * MB);
        assertThat(heap.look()).isTrue();
    }

    private void burst(Duration time, long usedNow) {
        cpu += time.toNanos();
        used = usedNow;
    }
}
