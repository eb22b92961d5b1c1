package dev.sesame.task;

import dev.sesame.event.Redactor;
import dev.sesame.event.SecretRedactor;
import java.util.Collection;
import java.util.List;

/// Which of the known secrets are worth replacing: shorter ones would be found everywhere.
final class Secrets {

    private static final int SHORTEST = 8;

    private Secrets() {}

    /// The text as it may leave the server.
    static String redacted(Engine engine, String userId, String text) {
        return redactor(engine.secrets().apply(userId)).redact(text);
    }

    static Redactor redactor(Collection<String> secrets) {
        List<String> worth =
                secrets.stream().filter(s -> s.length() >= SHORTEST).toList();
        return worth.isEmpty() ? Redactor.NONE : new SecretRedactor(worth);
    }
}
