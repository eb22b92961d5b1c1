package dev.sesame.audit;

import org.jspecify.annotations.Nullable;

/// What a look at the chain found.
///
/// @param entries how many fit
/// @param head of the chain, as `entries:mac`, the form of the server's log
/// @param fault what does not fit, as a sentence; null if all does
public record Verdict(long entries, String head, @Nullable String fault) {
    public boolean whole() {
        return fault == null;
    }
}
