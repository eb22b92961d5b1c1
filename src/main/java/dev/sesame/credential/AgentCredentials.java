package dev.sesame.credential;

import dev.sesame.http.Json;
import dev.sesame.http.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a user's agents sign in with. Safe from any thread; blocks.
@Singleton
public final class AgentCredentials {
    private final Vault vault;
    private final ServerCredentials server;

    public AgentCredentials(Vault vault, ServerCredentials server) {
        this.vault = vault;
        this.server = server;
    }

    /// @param configured by the user, or for all by the server's environment
    /// @param updatedAt absent unless the user has one
    record Listed(
            String agent, boolean configured, @Nullable Instant updatedAt) {}

    List<Listed> list(String userId) {
        Map<String, Instant> own =
                vault.list(userId).stream().collect(Collectors.toMap(Vault.Entry::purpose, Vault.Entry::updatedAt));
        return Arrays.stream(AgentCredential.values())
                .map(it -> new Listed(
                        it.agent(),
                        own.containsKey(it.purpose())
                                || server.find(it.variable()).isPresent(),
                        own.get(it.purpose())))
                .toList();
    }

    Listed set(String userId, AgentCredential credential, String content) {
        vault.put(userId, credential.purpose(), content);
        return list(userId).get(credential.ordinal());
    }

    void remove(String userId, AgentCredential credential) {
        vault.remove(userId, credential.purpose());
    }

    /// Takes back a login file that the agent wrote anew (a refreshed token). Kept only if it is such a file, and the
    /// user's stored one is still what the agent was given: another task or the user may have brought a newer one.
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
            CredentialText.file(credential, name, Json.MAPPER.getNodeFactory().textNode(now));
        } catch (ProblemException e) {
            return false;
        }
        return vault.replace(userId, credential.purpose(), given, now);
    }
}
