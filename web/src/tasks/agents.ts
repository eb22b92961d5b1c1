import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { AgentCredential } from "@/api/types";

export const AGENTS = [
  { id: "claude-code", name: "Claude Code" },
  { id: "codex", name: "Codex" },
  { id: "gemini", name: "Gemini CLI" },
  { id: "opencode", name: "OpenCode" },
  { id: "copilot", name: "Copilot CLI" },
  { id: "amp", name: "Amp" },
  { id: "demo", name: "Demo agent" },
] as const;

/** Which agents have a credential of their own; undefined where the server does not say. */
export const credentialsQuery = queryOptions({
  queryKey: ["agent-credentials"],
  queryFn: async () => (await request<{ credentials: AgentCredential[] }>("api/agent-credentials")).credentials,
  retry: false,
});
