package dev.sesame.credential;

import dev.sesame.auth.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a user's agents sign in with. Safe from any thread; blocks.
@Singleton
final class AgentCredentials {
    private final Vault vault;
    private final OwnSecrets secrets;
    private final ServerCredentials server;

    AgentCredentials(Vault vault, OwnSecrets secrets, ServerCredentials server) {
        this.vault = vault;
        this.secrets = secrets;
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

    Listed set(Caller owner, AgentCredential credential, String content) {
        secrets.set(owner, credential.purpose(), content);
        return list(owner.userId()).stream()
                .filter(listed -> listed.agent().equals(credential.agent()))
                .findFirst()
                .orElseThrow();
    }

    void remove(Caller owner, AgentCredential credential) {
        secrets.remove(owner, credential.purpose());
    }
}
