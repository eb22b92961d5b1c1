package dev.sesame.task;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes one waiting thread; a wake-up that comes before the wait is not lost. `wake` is safe from any thread and never
/// blocks for long.
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private boolean pending;

    void wake() {
        lock.lock();
        try {
            pending = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a wake-up, at most so long. Returns at once if one came since the last call.
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!pending && left > 0) {
                left = rung.awaitNanos(left);
            }
            pending = false;
        } finally {
            lock.unlock();
        }
    }
}
