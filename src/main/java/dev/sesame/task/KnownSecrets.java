package dev.sesame.task;

import dev.sesame.event.Redactor;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// The secrets that nothing stored of a run may hold: those that its user and the server had at its begin, and
/// those that its agent was seen to get since. Safe from any thread.
final class KnownSecrets implements Redactor {
    /// In characters: what it learns may be of an agent's making, and costs memory.
    private static final int LEARNED_AT_MOST = 64 << 10;

    private final Set<String> secrets;
    private volatile Redactor current;
    private int learned;

    KnownSecrets(Collection<String> secrets) {
        this.secrets = new LinkedHashSet<>(secrets);
        this.current = Secrets.redactor(secrets);
    }

    synchronized void learn(Collection<String> more) {
        learned += more.stream().mapToInt(String::length).sum();
        if (learned <= LEARNED_AT_MOST && secrets.addAll(more)) {
            current = Secrets.redactor(secrets);
        }
    }

    @Override
    public String redact(String text) {
        return current.redact(text);
    }

    @Override
    public int openEnd(CharSequence text) {
        return current.openEnd(text);
    }
}
