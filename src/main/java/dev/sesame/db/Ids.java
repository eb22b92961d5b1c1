package dev.sesame.db;

import java.security.SecureRandom;

/// Random ids that nobody can guess: 16 characters of `[0-9a-z]`, 82 bits.
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /// @param kind what it names, for instance `task` for `task_4fq0…`
    public static String next(String kind) {
        StringBuilder id =
                new StringBuilder(kind.length() + 1 + LENGTH).append(kind).append('_');
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }
}
