package dev.sesame.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sesame.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        AgentCredential credential = AgentCredential.of(name)
                .filter(AgentCredential::isFile)
                .orElseThrow(() -> new IllegalArgumentException(name + " is no login file"));
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
}
