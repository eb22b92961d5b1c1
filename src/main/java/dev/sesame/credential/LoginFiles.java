package dev.sesame.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.http.ProblemException;
import java.util.Optional;
import java.util.Set;

/// The files in which agents keep their logins, when an agent wrote one anew in its sandbox. Safe from any
/// thread; blocks.
public final class LoginFiles {
    /// No login file is longer.
    public static final int LONGEST = CredentialText.LONGEST_FILE;

    private final Vault vault;

    public LoginFiles(Vault vault) {
        this.vault = vault;
    }

    /// Names a content without telling it.
    public static String fingerprint(String content) {
        return Vault.fingerprint(content);
    }

    /// The texts in a login file that must not be shown; whatever else an agent may have written into it is not.
    public static Set<String> secrets(String content) {
        return SecretParts.of(content);
    }

    /// Keeps a refreshed login for the user's next tasks, but only if it is one, and the user's stored one is
    /// still what the agent was given. So of many tasks with the same login the first that refreshes it wins,
    /// on all servers.
    ///
    /// @param name what the driver found it by, for instance `CODEX_AUTH_JSON`
    /// @param given the [#fingerprint] of what the agent got
    /// @param now what the agent left, not to be trusted
    public KeptLogin takeBack(String userId, String name, String given, String now) {
        AgentCredential credential = credential(name);
        Optional<String> stored = vault.find(userId, credential.purpose());
        if (stored.filter(now::equals).isPresent()) {
            return KeptLogin.YES;
        }
        try {
            CredentialText.file(credential, name, TextNode.valueOf(now));
        } catch (ProblemException e) {
            return KeptLogin.NO_LOGIN;
        }
        boolean kept = stored.filter(content -> fingerprint(content).equals(given))
                .filter(content -> vault.replace(userId, credential.purpose(), content, now))
                .isPresent();
        return kept ? KeptLogin.YES : KeptLogin.ANOTHER_IS;
    }

    /// What another task's agent made of the login that an agent was given. Empty while that is still the user's, and
    /// also if the user entered another, which is not for an agent that works with the old one.
    ///
    /// @param name as for [#takeBack]
    /// @param given the [#fingerprint] of what the agent got
    public Optional<String> renewal(String userId, String name, String given) {
        return vault.renewal(userId, credential(name).purpose(), given);
    }

    private static AgentCredential credential(String name) {
        return AgentCredential.of(name)
                .filter(AgentCredential::isFile)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no login file"));
    }
}
