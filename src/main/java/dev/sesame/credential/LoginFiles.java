package dev.sesame.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.http.ProblemException;

/// The files in which agents keep their logins, when an agent wrote one anew in its sandbox. Safe from any thread;
/// blocks.
public final class LoginFiles {
    private final Vault vault;

    public LoginFiles(Vault vault) {
        this.vault = vault;
    }

    /// Keeps a refreshed login for the user's next tasks, but only if it is such a file, and the user's stored one is
    /// still what the agent was given: another task or the user may have brought a newer one.
    ///
    /// @param name what the driver found it by, for instance `CODEX_AUTH_JSON`
    /// @param given the content that the agent got
    /// @param now what the agent left, not to be trusted
    /// @return whether it was kept
    public boolean takeBack(String userId, String name, String given, String now) {
        AgentCredential credential = AgentCredential.of(name)
                .filter(AgentCredential::isFile)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no login file"));
        if (now.equals(given)) {
            return false;
        }
        try {
            CredentialText.file(credential, name, TextNode.valueOf(now));
        } catch (ProblemException e) {
            return false;
        }
        return vault.replace(userId, credential.purpose(), given, now);
    }
}
