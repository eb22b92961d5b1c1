package dev.sesame.credential;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an agent signs in with when it is not a provider's key: a subscription's token, or the file in which
/// the agent itself keeps its login.
enum AgentCredential {
    CLAUDE_CODE("claude-code", "oauthToken", "CLAUDE_CODE_OAUTH_TOKEN"),
    CODEX("codex", "authJson", "CODEX_AUTH_JSON"),
    GEMINI("gemini", "oauthCreds", "GEMINI_OAUTH_CREDS"),
    OPENCODE("opencode", "authJson", "OPENCODE_AUTH_JSON"),
    COPILOT("copilot", "githubToken", "COPILOT_GITHUB_TOKEN"),
    AMP("amp", "apiKey", "AMP_API_KEY");

    private final String agent;
    private final String field;
    private final String variable;

    AgentCredential(String agent, String field, String variable) {
        this.agent = agent;
        this.field = field;
        this.variable = variable;
    }

    /// The agent's name in the API.
    String agent() {
        return agent;
    }

    /// The one member of the request's `credentials`.
    String field() {
        return field;
    }

    /// What the agent's driver asks for it by.
    String variable() {
        return variable;
    }

    /// Whether it is the content of a file, which the agent may write anew; else a token.
    boolean isFile() {
        return switch (this) {
            case CODEX, GEMINI, OPENCODE -> true;
            case CLAUDE_CODE, COPILOT, AMP -> false;
        };
    }

    /// Its place in the [Vault].
    String purpose() {
        return "agent/" + agent;
    }

    static String agents() {
        return Arrays.stream(values()).map(AgentCredential::agent).collect(Collectors.joining(", "));
    }

    static Optional<AgentCredential> named(String agent) {
        return Arrays.stream(values()).filter(it -> it.agent.equals(agent)).findFirst();
    }

    static Optional<AgentCredential> of(String variable) {
        return Arrays.stream(values())
                .filter(it -> it.variable.equals(variable))
                .findFirst();
    }
}
