package dev.sesame.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One writer at a time: who writes holds the terminal until a while after the last time. Safe from any thread.
final class Writers {
    /// Long enough to think between two keys, short enough to wait for.
    static final Duration LEASE = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private @Nullable String holder;
    private long until;

    Writers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Whether this writer may write now, and then for a while.
    synchronized boolean claim(String writer) {
        long now = nanos.getAsLong();
        if (holder != null && !holder.equals(writer) && now - until < 0) {
            return false;
        }
        holder = writer;
        until = now + LEASE.toNanos();
        return true;
    }
}
