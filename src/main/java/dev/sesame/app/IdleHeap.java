package dev.sesame.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Gives back the memory that a burst of work left, once nothing happens.
///
/// The serial collector needs the least memory of all, but collects only when it is short of it: what the hash of one
/// password took (19 MB) would stay until the next burst. So who waits for work collects before; a heap that is too
/// large for a collection nobody notices is left alone.
final class IdleHeap {
    private static final Duration LOOK = Duration.ofSeconds(5);
    /// Two percent of a processor: timers and pings.
    private static final Duration QUIET = LOOK.dividedBy(50);

    private static final long WORTH_IT = 16L << 20;
    private static final long TOO_LARGE = 256L << 20;

    private final LongSupplier cpuNanos;
    private final LongSupplier usedBytes;
    private final Runnable collect;
    private long cpuBefore;
    private long usedAfterCollection;

    /// @param cpuNanos the processor time that the process has had
    /// @param usedBytes what of the heap is used, garbage included
    IdleHeap(LongSupplier cpuNanos, LongSupplier usedBytes, Runnable collect) {
        this.cpuNanos = cpuNanos;
        this.usedBytes = usedBytes;
        this.collect = collect;
    }

    /// Looks after this process from now on.
    static void watch() {
        ProcessHandle self = ProcessHandle.current();
        Runtime runtime = Runtime.getRuntime();
        IdleHeap heap = new IdleHeap(
                // Where the system doesn't tell, it always seems busy.
                () -> self.info().totalCpuDuration().map(Duration::toNanos).orElseGet(System::nanoTime),
                () -> runtime.totalMemory() - runtime.freeMemory(),
                System::gc);
        Thread.ofVirtual().name("idle heap").start(heap::lookAgainAndAgain);
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether it collected
    boolean look() {
        long cpu = cpuNanos.getAsLong();
        boolean quiet = cpu - cpuBefore <= QUIET.toNanos();
        cpuBefore = cpu;
        long used = usedBytes.getAsLong();
        if (!quiet || used > TOO_LARGE || used < usedAfterCollection + WORTH_IT) {
            return false;
        }
        collect.run();
        usedAfterCollection = usedBytes.getAsLong();
        return true;
    }
}
