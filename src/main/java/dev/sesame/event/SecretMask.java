package dev.sesame.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/// Finds known secrets among bytes, in all the forms of [SecretForms], and puts as many asterisks in their place:
/// for a terminal, where places count.
///
/// Immutable; may be shared by all threads.
public final class SecretMask {
    private final Automaton automaton;
    private final int longest;

    /// @param secrets those shorter than 8 characters are left out
    public SecretMask(Collection<String> secrets) {
        Automaton.Builder builder = new Automaton.Builder();
        int most = 0;
        for (String secret : secrets) {
            if (secret.length() >= SecretRedactor.SHORTEST) {
                for (String form : SecretForms.of(secret)) {
                    byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
                    builder.add(new String(bytes, StandardCharsets.ISO_8859_1));
                    most = Math.max(most, bytes.length);
                }
            }
        }
        automaton = builder.build();
        longest = most;
    }

    /// How many bytes the longest form has; what comes before some bytes matters to them that far.
    public int longest() {
        return longest;
    }

    /// Masks in place. Returns how many bytes at the end could be the beginning of a secret.
    public int mask(byte[] bytes) {
        int state = Automaton.ROOT;
        byte[] original = bytes.clone();
        for (int i = 0; i < original.length; i++) {
            state = automaton.next(state, (char) (original[i] & 0xff));
            int found = automaton.found(state);
            Arrays.fill(bytes, i + 1 - found, i + 1, (byte) '*');
        }
        return automaton.open(state);
    }
}
