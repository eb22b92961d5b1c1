package dev.sesame.credential;

import dev.sesame.agent.AgentDriver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a user's tasks work with: the user's own credentials first, the server's where the user has none. Safe
/// from any thread; each call reads the database once.
public final class Credentials {
    private final Vault vault;
    private final ServerCredentials server;

    public Credentials(Vault vault, ServerCredentials server) {
        this.vault = vault;
        this.server = server;
    }

    /// As they are now; what is changed later does not change them.
    ///
    /// Found by the names that agents know: the providers' variables (`OPENAI_API_KEY`), tokens of subscriptions
    /// (`CLAUDE_CODE_OAUTH_TOKEN`, `COPILOT_GITHUB_TOKEN`), login files by their content (`CODEX_AUTH_JSON`,
    /// `GEMINI_OAUTH_CREDS`, `OPENCODE_AUTH_JSON`) and the addresses of gateways. Where both a subscription and a
    /// key are found, the subscription is meant, and a driver must give the agent that alone; but a
    /// subscription of the server's is not found for a user with a key of the same vendor.
    public AgentDriver.Credentials of(String userId) {
        Map<String, String> own = vault.all(userId);
        return name -> own(own, name).or(() -> hidden(own, name) ? Optional.empty() : server.find(name));
    }

    /// All values that must never be stored or shown in what a task of this user does.
    public Collection<String> secrets(String userId) {
        List<String> secrets = new ArrayList<>(server.secrets());
        vault.all(userId)
                .forEach((purpose, secret) -> secrets.addAll(
                        purpose.startsWith(Vault.MCP_SERVER) ? SecretParts.values(secret) : SecretParts.of(secret)));
        return secrets;
    }

    private static Optional<String> own(Map<String, String> own, String name) {
        return AgentCredential.of(name)
                .map(credential -> own.get(credential.purpose()))
                .or(() -> Provider.of(name).map(provider -> own.get(provider.purpose())));
    }

    private static boolean hidden(Map<String, String> own, String name) {
        return name.equals(AgentCredential.CLAUDE_CODE.variable()) && own.containsKey(Provider.ANTHROPIC.purpose());
    }
}
