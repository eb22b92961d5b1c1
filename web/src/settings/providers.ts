/** How providers are called, and where one gets a key. Any other is shown by its id. */
export const PROVIDERS: Record<string, { name: string; site?: string; main?: true }> = {
  anthropic: { name: "Anthropic", site: "https://console.anthropic.com/settings/keys", main: true },
  openai: { name: "OpenAI", site: "https://platform.openai.com/api-keys", main: true },
  gemini: { name: "Google Gemini", site: "https://aistudio.google.com/apikey", main: true },
  amp: { name: "Amp", site: "https://ampcode.com/settings", main: true },
  opencode: { name: "OpenCode Zen", site: "https://opencode.ai/auth" },
  openrouter: { name: "OpenRouter", site: "https://openrouter.ai/keys" },
  groq: { name: "Groq", site: "https://console.groq.com/keys" },
  mistral: { name: "Mistral" },
  deepseek: { name: "DeepSeek" },
  xai: { name: "xAI" },
  cerebras: { name: "Cerebras" },
  cohere: { name: "Cohere" },
  deepinfra: { name: "Deep Infra" },
  "fireworks-ai": { name: "Fireworks AI" },
  huggingface: { name: "Hugging Face" },
  moonshotai: { name: "Moonshot AI" },
  nvidia: { name: "NVIDIA" },
  perplexity: { name: "Perplexity" },
  togetherai: { name: "Together AI" },
  vercel: { name: "Vercel AI Gateway" },
  zai: { name: "Z.AI" },
};

export function providerName(id: string): string {
  return PROVIDERS[id]?.name ?? id;
}
