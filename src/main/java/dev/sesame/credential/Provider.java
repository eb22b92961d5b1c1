package dev.sesame.credential;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whose models agents can use with a key. The names are those of the API, and but for `gemini` and `amp` those that
/// OpenCode knows them by; the variable is what agents look for.
enum Provider {
    ANTHROPIC("ANTHROPIC_API_KEY"),
    OPENAI("OPENAI_API_KEY"),
    GEMINI("GEMINI_API_KEY"),
    AMP("AMP_API_KEY"),
    OPENCODE("OPENCODE_API_KEY"),
    OPENROUTER("OPENROUTER_API_KEY"),
    GROQ("GROQ_API_KEY"),
    MISTRAL("MISTRAL_API_KEY"),
    DEEPSEEK("DEEPSEEK_API_KEY"),
    XAI("XAI_API_KEY"),
    CEREBRAS("CEREBRAS_API_KEY"),
    COHERE("COHERE_API_KEY"),
    DEEPINFRA("DEEPINFRA_API_KEY"),
    FIREWORKS_AI("FIREWORKS_API_KEY"),
    HUGGINGFACE("HF_TOKEN"),
    MOONSHOTAI("MOONSHOT_API_KEY"),
    NVIDIA("NVIDIA_API_KEY"),
    PERPLEXITY("PERPLEXITY_API_KEY"),
    TOGETHERAI("TOGETHER_API_KEY"),
    VERCEL("AI_GATEWAY_API_KEY"),
    ZAI("ZHIPU_API_KEY");

    private final String variable;

    Provider(String variable) {
        this.variable = variable;
    }

    /// In the API, for instance `fireworks-ai`.
    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What agents know the key by.
    String variable() {
        return variable;
    }

    /// Its place in the [Vault].
    String purpose() {
        return "provider/" + wire();
    }

    static Optional<Provider> named(String wire) {
        return Arrays.stream(values())
                .filter(provider -> provider.wire().equals(wire))
                .findFirst();
    }

    static Optional<Provider> of(String variable) {
        return Arrays.stream(values())
                .filter(provider -> provider.variable.equals(variable))
                .findFirst();
    }
}
