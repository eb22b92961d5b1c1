package dev.sesame.event;

import java.util.ArrayDeque;
import java.util.Collection;

/// Finds known secrets in text and puts `[redacted]` in their place: as they are, and as they look in JSON, in
/// URLs and in base64 (see [SecretForms]). One pass over the text whatever the number of secrets.
///
/// Immutable; may be shared by all threads.
public final class SecretRedactor implements Redactor {
    /// What stands for a secret.
    public static final String MASK = "[redacted]";
    /// A shorter one would be found in innocent text.
    static final int SHORTEST = 8;

    private final Automaton automaton;

    /// @param secrets those shorter than 8 characters are left out
    public SecretRedactor(Collection<String> secrets) {
        Automaton.Builder builder = new Automaton.Builder();
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                SecretForms.of(secret).forEach(builder::add);
            }
        }
        automaton = builder.build();
    }

    /// Overlapping finds become one mask.
    @Override
    public String redact(String text) {
        ArrayDeque<Find> finds = null;
        int state = Automaton.ROOT;
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, text.charAt(i));
            int found = automaton.found(state);
            if (found > 0) {
                finds = finds == null ? new ArrayDeque<>() : finds;
                add(finds, i + 1 - found, i + 1);
            }
        }
        return finds == null ? text : mask(text, finds);
    }

    private static void add(ArrayDeque<Find> finds, int start, int end) {
        int from = start;
        while (!finds.isEmpty() && finds.getLast().end > start) {
            from = Math.min(from, finds.removeLast().start);
        }
        finds.addLast(new Find(from, end));
    }

    private static String mask(String text, ArrayDeque<Find> finds) {
        StringBuilder clean = new StringBuilder(text.length());
        int copied = 0;
        for (Find find : finds) {
            clean.append(text, copied, find.start).append(MASK);
            copied = find.end;
        }
        return clean.append(text, copied, text.length()).toString();
    }

    @Override
    public int openEnd(CharSequence text) {
        int state = Automaton.ROOT;
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, text.charAt(i));
        }
        return automaton.open(state);
    }

    private record Find(int start, int end) {}
}
