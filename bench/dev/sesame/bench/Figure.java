package dev.sesame.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One measured number and what it should be.
///
/// @param limit what it should be at most, or at least; null if nothing is promised
record Figure(String what, double value, String unit, @Nullable Double limit, boolean atLeast) {

    static Figure atMost(String what, double value, String unit, double limit) {
        return new Figure(what, value, unit, limit, false);
    }

    static Figure atLeast(String what, double value, String unit, double limit) {
        return new Figure(what, value, unit, limit, true);
    }

    static Figure fact(String what, double value, String unit) {
        return new Figure(what, value, unit, null, false);
    }

    private String promise() {
        return limit == null ? "" : (atLeast ? "≥ " : "≤ ") + number(limit);
    }

    private String verdict() {
        if (limit == null) {
            return "";
        }
        boolean kept = atLeast ? value >= limit : value <= limit;
        return kept ? "kept" : "MISSED by " + number(Math.abs(value - limit));
    }

    String row() {
        return String.format(
                Locale.ROOT, "%-70s %12s %-8s %-10s %s", what, number(value), unit, promise(), verdict());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.1f" : "%,.0f", value);
    }
}
