package dev.sesame.credential;

import dev.sesame.auth.Caller;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A user's keys for the providers of models. Safe from any thread; blocks.
@Singleton
final class ProviderKeys {
    private final Vault vault;
    private final OwnSecrets secrets;
    private final ServerCredentials server;

    ProviderKeys(Vault vault, OwnSecrets secrets, ServerCredentials server) {
        this.vault = vault;
        this.secrets = secrets;
        this.server = server;
    }

    /// @param configured by the user, or for all by the server's environment
    record Listed(String provider, boolean configured) {}

    List<Listed> list(String userId) {
        Set<String> own = vault.list(userId).stream().map(Vault.Entry::purpose).collect(Collectors.toSet());
        return Arrays.stream(Provider.values())
                .map(it -> new Listed(
                        it.wire(),
                        own.contains(it.purpose()) || server.find(it.variable()).isPresent()))
                .toList();
    }

    void set(Caller owner, Provider provider, String key) {
        secrets.set(owner, provider.purpose(), key);
    }

    void remove(Caller owner, Provider provider) {
        secrets.remove(owner, provider.purpose());
    }
}
