package dev.sesame.bench;

import java.util.Arrays;

/// Measured times, in nanoseconds. For one thread.
final class Samples {
    private long[] values = new long[1024];
    private int size;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
    }

    int size() {
        return size;
    }

    /// @param quantile 0 to 1
    double millis(double quantile) {
        if (size == 0) {
            return Double.NaN;
        }
        Arrays.sort(values, 0, size);
        return values[(int) Math.min(size - 1L, Math.round(quantile * (size - 1)))] / 1e6;
    }
}
