package dev.sesame.task;

import dev.sesame.event.Redactor;
import dev.sesame.event.SecretMask;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The secrets that nothing stored of a run may hold: those that its user and the server had at its begin, and
/// those that its agent was seen to get since. Safe from any thread.
final class KnownSecrets implements Redactor {
    /// In characters: what it learns may be of an agent's making, and costs memory.
    private static final int LEARNED_AT_MOST = 64 << 10;

    private final Set<String> secrets;
    private volatile Redactor current;
    private volatile @Nullable SecretMask mask;
    private int learned;

    KnownSecrets(Collection<String> secrets) {
        this.secrets = new LinkedHashSet<>(secrets);
        this.current = Secrets.redactor(secrets);
    }

    synchronized void learn(Collection<String> more) {
        List<String> fresh =
                more.stream().filter(secret -> !secrets.contains(secret)).toList();
        learned += fresh.stream().mapToInt(String::length).sum();
        if (learned <= LEARNED_AT_MOST && secrets.addAll(fresh)) {
            current = Secrets.redactor(secrets);
            mask = null;
        }
    }

    /// For a terminal's bytes.
    SecretMask mask() {
        SecretMask known = mask;
        return known == null ? makeMask() : known;
    }

    private synchronized SecretMask makeMask() {
        SecretMask made = new SecretMask(secrets);
        mask = made;
        return made;
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
